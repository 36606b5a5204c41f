import { apiLocale } from '$lib/i18n';
import { commentActions, loadComments } from '$lib/studio/comments.server';
import type { PageServerLoad } from './$types';
import { loadPreview } from './load.server';

export const load: PageServerLoad = async (event) => {
  const { locals, params } = event;
  return {
    ...(await loadPreview(event)),
    comments: await loadComments(locals.api, params.id, apiLocale(locals.locale)),
  };
};

export const actions = commentActions;
