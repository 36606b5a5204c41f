import { DateTime } from 'luxon';
import type { Locale } from '../../platform/locale.js';

interface ExpiryFacts {
  course: string;
  cohort: string;
  url: string;
}

const EXPIRED: Record<Locale, (facts: ExpiryFacts & { day: string }) => { subject: string; text: string }> = {
  en: ({ course, cohort, day, url }) => ({
    subject: `The time for “${course}” is over`,
    text: `You took “${course}” in the cohort “${cohort}”. Its time to learn is over, and you had not completed the course: your enrollment ended on ${day}.

What you did is kept. You can start the course again, from its first lesson:

    ${url}

You get this mail once, because you were enrolled.
`,
  }),
  fr: ({ course, cohort, day, url }) => ({
    subject: `Le délai pour « ${course} » est passé`,
    text: `Vous suiviez « ${course} » dans la promotion « ${cohort} ». Son délai est passé et vous n’aviez pas terminé la formation : votre inscription a pris fin le ${day}.

Ce que vous avez fait est conservé. Vous pouvez recommencer la formation, à partir de la première leçon :

    ${url}

Vous recevez cet e-mail une seule fois, parce que vous étiez inscrit.
`,
  }),
};

/** The mail to a learner whose time for a course was over, in their language, with the day in the cohort's zone. */
export function expiryMail(
  locale: Locale,
  { endedAt, timeZone, ...facts }: ExpiryFacts & { endedAt: Date; timeZone: string },
): { subject: string; text: string } {
  const day = DateTime.fromJSDate(endedAt, { zone: timeZone }).setLocale(locale);
  return EXPIRED[locale]({ ...facts, day: day.toLocaleString(DateTime.DATE_FULL) });
}
