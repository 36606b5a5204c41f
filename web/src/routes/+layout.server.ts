import { graphql } from '$lib/api/graphql';
import type { LayoutServerLoad } from './$types';

const Frame = graphql(`
  query Frame {
    viewer {
      id
      name
      email
      timeZone
      roles
      textSize
      lowData
    }
  }
`);

/** Of the programs that are run today; a visitor has told us none of their own. */
const VISITOR_TIME_ZONE = 'Europe/Paris';

export const load: LayoutServerLoad = async ({ locals, platform, request }) => {
  const { viewer } = await locals.api.query(Frame);
  locals.personId = viewer?.id;
  locals.textSize = viewer?.textSize;
  const gateway = platform!.req.gateway;
  return {
    locale: locals.locale,
    timeZone: viewer?.timeZone ?? VISITOR_TIME_ZONE,
    viewer,
    /** Pictures wait for a tap: the person said so, or their browser does (Save-Data). */
    lowData: viewer?.lowData === true || request.headers.get('save-data') === 'on',
    embedded: gateway.embedded,
    /** RFC 3339. The product's clock, by which everything is judged; a phone's own may be wrong. */
    now: gateway.now().toISOString(),
  };
};
