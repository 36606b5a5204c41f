import type { Locale } from '../../platform/locale.js';

interface EnrolledFacts {
  course: string;
  program: string;
  cohort: string;
  url: string;
}

const ENROLLED: Record<Locale, (facts: EnrolledFacts) => { subject: string; text: string }> = {
  en: ({ course, program, cohort, url }) => ({
    subject: `You are enrolled in “${course}”`,
    text: `“${program}” enrolled you in the free course “${course}”, in the cohort “${cohort}”. It sees your name, your address and how far you get.

Start whenever you like:

    ${url}

If you do not want it, open that page and choose “Leave this course”.

You get this mail once, because you were enrolled.
`,
  }),
  fr: ({ course, program, cohort, url }) => ({
    subject: `Vous êtes inscrit à « ${course} »`,
    text: `« ${program} » vous a inscrit à la formation gratuite « ${course} », dans la promotion « ${cohort} ». Le programme voit votre nom, votre adresse et votre progression.

Commencez quand vous voulez :

    ${url}

Si vous n’en voulez pas, ouvrez cette page et choisissez « Quitter cette formation ».

Vous recevez cet e-mail une seule fois, parce que vous avez été inscrit.
`,
  }),
};

/** The mail to somebody whom a program enrolled, in their language. */
export const enrolledMail = (locale: Locale, facts: EnrolledFacts): { subject: string; text: string } =>
  ENROLLED[locale](facts);
