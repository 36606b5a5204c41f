import { defineRefusals, type Refusal } from '../../platform/errors.js';
import type { QuizSettings } from '../catalog/course-content.js';

export const allowanceRefusals = defineRefusals({
  ALLOWANCE_LEARNER_UNKNOWN: {
    en: 'Nobody with this address takes this course now. Check the address; who completed it needs no allowance.',
    fr: 'Personne avec cette adresse ne suit cette formation en ce moment. Vérifiez l’adresse ; qui l’a terminée n’en a pas besoin.',
    field: 'email',
  },
  ALLOWANCE_NOT_LEARNING: {
    en: 'This person does not take the course now: they completed it, left it, or their time is over. There is nothing to give.',
    fr: 'Cette personne ne suit pas la formation en ce moment : elle l’a terminée, l’a quittée, ou son délai est passé. Il n’y a rien à donner.',
  },
  ALLOWANCE_QUIZ_UNKNOWN: {
    en: 'This quiz is not part of the course as this person takes it.',
    fr: 'Ce quiz ne fait pas partie de la formation telle que cette personne la suit.',
    field: 'email',
  },
  ALLOWANCE_MINUTES_RANGE: {
    en: 'Write whole minutes, from 0 to 1440 (a day).',
    fr: 'Écrivez des minutes entières, de 0 à 1440 (un jour).',
    field: 'extraMinutes',
  },
  ALLOWANCE_ATTEMPTS_RANGE: {
    en: 'Write a whole number, from 0 to 100.',
    fr: 'Écrivez un nombre entier, de 0 à 100.',
    field: 'extraAttempts',
  },
  ALLOWANCE_CLOSE_INVALID: {
    en: 'Write the close as a date and a time.',
    fr: 'Écrivez la fermeture comme une date et une heure.',
    field: 'closesLocal',
  },
  ALLOWANCE_CLOSE_PAST: {
    en: 'This instant is past. Choose a later one.',
    fr: 'Ce moment est passé. Choisissez-en un plus tard.',
    field: 'closesLocal',
  },
  ALLOWANCE_NO_TIME_LIMIT: {
    en: 'This quiz has no time limit: more minutes would change nothing. Leave them at 0.',
    fr: 'Ce quiz n’a pas de limite de temps : plus de minutes n’y changerait rien. Laissez 0.',
    field: 'extraMinutes',
  },
  ALLOWANCE_NO_ATTEMPT_LIMIT: {
    en: 'This quiz may be tried as often as wanted: more attempts would change nothing. Leave them at 0.',
    fr: 'On peut essayer ce quiz autant que l’on veut : plus d’essais n’y changerait rien. Laissez 0.',
    field: 'extraAttempts',
  },
  ALLOWANCE_NOT_LATER: {
    en: 'The quiz does not close before this instant. Choose a later one, or leave it empty.',
    fr: 'Le quiz ne ferme pas avant ce moment. Choisissez-en un plus tard, ou laissez vide.',
    field: 'closesLocal',
  },
});

/** What an allowance gives. */
export interface Extra {
  /** 0 to 1440, added to the time limit. */
  extraMinutes: number;
  /** 0 to 100, added to the limit of attempts. */
  extraAttempts: number;
  /** In place of an earlier close; null leaves it. */
  closesAt: Date | null;
}

/** What takes back an allowance. */
export const isNothing = ({ extraMinutes, extraAttempts, closesAt }: Extra): boolean =>
  extraMinutes === 0 && extraAttempts === 0 && closesAt === null;

/** Whether a learner of a quiz with these settings may be given this. What would change nothing is refused, and says why. */
export function refusalToAllow(settings: QuizSettings, extra: Extra, now: Date): Refusal | null {
  if (!isWholeWithin(extra.extraMinutes, 1440)) return allowanceRefusals.ALLOWANCE_MINUTES_RANGE;
  if (!isWholeWithin(extra.extraAttempts, 100)) return allowanceRefusals.ALLOWANCE_ATTEMPTS_RANGE;
  if (extra.extraMinutes > 0 && settings.timeLimitMinutes === null)
    return allowanceRefusals.ALLOWANCE_NO_TIME_LIMIT;
  if (extra.extraAttempts > 0 && settings.attemptLimit === null)
    return allowanceRefusals.ALLOWANCE_NO_ATTEMPT_LIMIT;
  if (!extra.closesAt) return null;
  if (extra.closesAt <= now) return allowanceRefusals.ALLOWANCE_CLOSE_PAST;
  const isLater = settings.closesAt !== null && extra.closesAt.getTime() > Date.parse(settings.closesAt);
  return isLater ? null : allowanceRefusals.ALLOWANCE_NOT_LATER;
}

/** A quiz's settings as they hold for a learner. An allowance only ever widens them; where there is no limit, none comes. */
export function withAllowance(settings: QuizSettings, extra: Extra | null | undefined): QuizSettings {
  if (!extra) return settings;
  const { attemptLimit, timeLimitMinutes } = settings;
  return {
    ...settings,
    attemptLimit: attemptLimit === null ? null : attemptLimit + extra.extraAttempts,
    timeLimitMinutes: timeLimitMinutes === null ? null : timeLimitMinutes + extra.extraMinutes,
    closesAt: laterClose(settings.closesAt, extra.closesAt?.toISOString() ?? settings.closesAt),
  };
}

/**
 * The settings of an attempt that is under way when an allowance is given or taken back. It keeps what it was started with:
 * nobody loses time that they were told of.
 * @param allowed what an attempt started now would have
 */
export function widened(attempt: QuizSettings, allowed: QuizSettings): QuizSettings {
  const { timeLimitMinutes } = attempt;
  return {
    ...attempt,
    timeLimitMinutes:
      timeLimitMinutes === null ? null : Math.max(timeLimitMinutes, allowed.timeLimitMinutes ?? 0),
    closesAt: laterClose(attempt.closesAt, allowed.closesAt ?? attempt.closesAt),
  };
}

const laterClose = (close: string | null, other: string | null): string | null =>
  close === null || other === null ? null : Date.parse(other) > Date.parse(close) ? other : close;

const isWholeWithin = (value: number, most: number): boolean =>
  Number.isInteger(value) && value >= 0 && value <= most;
