import { defineRefusals, type Refusal } from '../../platform/errors.js';
import type { CompletionEvidence } from './completion.rules.js';

export const reversalRefusals = defineRefusals({
  COMPLETION_ALREADY_REVERSED: {
    en: 'This completion was reversed already. Reload the page to see where the learner is now.',
    fr: 'Cet achèvement a déjà été annulé. Rechargez la page pour voir où en est la personne.',
    field: 'completionId',
  },
  REVERSAL_ASKS_NOTHING: {
    en: 'Choose at least one lesson to do again: with nothing left to do, the course would be completed at once.',
    fr: 'Choisissez au moins une leçon à refaire : s’il ne restait rien à faire, la formation serait aussitôt terminée.',
    field: 'askedLessonIds',
  },
  LESSON_NOT_COMPLETED_BY: {
    en: 'Only lessons that the completion counted can be asked for again. Reload the page and choose among them.',
    fr: 'Seules des leçons comptées pour l’achèvement peuvent être redemandées. Rechargez la page et choisissez parmi elles.',
    field: 'askedLessonIds',
  },
  NOTHING_TO_REINSTATE: {
    en: 'There is no reversed completion here: it holds, or holds again. Reload the page.',
    fr: 'Il n’y a pas d’achèvement annulé ici : il est valable, ou l’est de nouveau. Rechargez la page.',
    field: 'completionId',
  },
});

/** Longest reason for a reversal, in characters. */
export const MAX_REASON = 500;

/** The keys of the lessons to do again, in the order of the course; or why they cannot be asked for. */
export function askedKeys(
  lessons: readonly { id: string; key: string }[],
  evidence: readonly CompletionEvidence[],
  lessonIds: readonly string[],
): { keys: string[]; refusal: Refusal | null } {
  const counted = new Set(evidence.map(({ lessonKey }) => lessonKey));
  const asked = lessons.filter(({ id }) => lessonIds.includes(id));
  const isKnown = asked.length === new Set(lessonIds).size && asked.every(({ key }) => counted.has(key));
  if (!isKnown) return { keys: [], refusal: reversalRefusals.LESSON_NOT_COMPLETED_BY };
  const refusal = asked.length === 0 ? reversalRefusals.REVERSAL_ASKS_NOTHING : null;
  return { keys: asked.map(({ key }) => key), refusal };
}
