import type { PageServerLoad } from './$types';

const MOST_SHOWN = 50;

export const load: PageServerLoad = ({ platform, url }) => {
  const to = (url.searchParams.get('to') ?? '').trim();
  const mails = platform?.req.gateway.demo?.mails(to || undefined) ?? [];
  return { to, mails: mails.slice(0, MOST_SHOWN), isCut: mails.length > MOST_SHOWN };
};
