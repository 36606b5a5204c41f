import type { Locale } from '../../platform/locale.js';
import { instantDate } from '../grants/eligibility.wording.js';
import type { RiskReason } from './at-risk.rules.js';

/**
 * A reason as the manager reads it, with its exact figures.
 * @param titleOf the title of a lesson in that language, by key.
 */
export function reasonSentence(
  reason: RiskReason,
  locale: Locale,
  titleOf: (lessonKey: string) => string,
): string {
  const say = (en: string, fr: string): string => (locale === 'fr' ? fr : en);
  switch (reason.code) {
    case 'QUIZ_FAILED': {
      const title = titleOf(reason.lessonKey);
      return say(
        `Failed the quiz “${title}” ${reason.attempts} times.`,
        `A échoué ${reason.attempts} fois au quiz « ${title} ».`,
      );
    }
    case 'TOO_SLOW': {
      const { closesAt, timeZone } = reason.deadline;
      const [finish, close] = [reason.finishesAt, closesAt].map((instant) =>
        instantDate(instant.toISOString(), locale, timeZone),
      );
      return say(
        `At this pace finished on ${finish}; the call closes on ${close}.`,
        `À ce rythme, la formation serait terminée le ${finish} ; l’appel se clôt le ${close}.`,
      );
    }
    case 'NOT_STARTED':
      return say(
        `Enrolled ${reason.days} days ago and no required lesson done yet.`,
        `Inscription il y a ${reason.days} jours, aucune leçon obligatoire terminée.`,
      );
    case 'NO_ACTIVITY':
      return say(`No activity for ${reason.days} days.`, `Aucune activité depuis ${reason.days} jours.`);
  }
}
