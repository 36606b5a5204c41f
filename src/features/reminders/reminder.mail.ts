import type { Locale } from '../../platform/locale.js';

interface IdleFacts {
  course: string;
  /** The first required lesson that is missing. */
  nextLesson: string | null;
  nextMinutes: number;
  minutesLeft: number;
  completed: number;
  required: number;
  url: string;
}

const IDLE: Record<Locale, (facts: IdleFacts) => { subject: string; text: string }> = {
  en: ({ course, nextLesson, nextMinutes, minutesLeft, completed, required, url }) => ({
    subject: `Pick up “${course}” where you left off`,
    text: `You have done ${completed} of ${required} lessons of “${course}”; about ${minutesLeft} minutes are left.
${nextLesson ? `\nNext: ${nextLesson}, about ${nextMinutes} minutes.\n` : ''}
    ${url}

You get this mail because you enrolled and have not been there for a few days. We write once, not every day.
`,
  }),
  fr: ({ course, nextLesson, nextMinutes, minutesLeft, completed, required, url }) => ({
    subject: `Reprenez « ${course} » là où vous en étiez`,
    text: `Vous avez terminé ${completed} des ${required} leçons de « ${course} » ; il reste environ ${minutesLeft} minutes.
${nextLesson ? `\nLa suite : ${nextLesson}, environ ${nextMinutes} minutes.\n` : ''}
    ${url}

Vous recevez cet e-mail parce que vous êtes inscrit et n’êtes pas venu depuis quelques jours. Nous écrivons une fois, pas tous les jours.
`,
  }),
};

/** The mail to a learner who has not been there for a while, in their language. */
export function idleReminderMail(locale: Locale, facts: IdleFacts): { subject: string; text: string } {
  return IDLE[locale](facts);
}
