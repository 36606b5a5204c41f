/** `npm run build`: compiles the server and builds the pages, if anything changed. */
import { prepare } from './prepare.mjs';

prepare({ pages: true });
