import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the product. */
export const root = join(import.meta.dirname, '../..');
/** Where `npm run build` puts the compiled product. */
export const dist = join(root, 'dist');

const ownNode = join(import.meta.dirname, '../node_modules/node/bin/node');

/** One Node for everyone who is measured: a peer needs 22, and a newer one is faster. */
export function nodeBinary() {
  if (existsSync(ownNode)) return ownNode;
  if (Number(process.versions.node.split('.')[0]) >= 22) return process.execPath;
  throw new Error(
    'The package `node` of bench/ was not installed: run `npm ci` there, or use Node 22 or newer.',
  );
}
