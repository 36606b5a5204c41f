import { DateTime } from 'luxon';
import { LOCALES, type Locale } from '../../platform/locale.js';

/** What the mail says, in one language. */
export interface InvitationFacts {
  course: string;
  program: string;
  cohort: string;
  /** Calendar dates, `YYYY-MM-DD`: the first, if it is still to come, and the last day on which one can accept. */
  startsOn: string | null;
  endsOn: string;
  email: string;
  url: string;
}

interface Mail {
  subject: string;
  text: string;
}

type Facts = Omit<InvitationFacts, 'startsOn'> & { startsOn: string | null };

const MAIL: Record<Locale, (facts: Facts) => Mail> = {
  fr: ({ course, program, cohort, startsOn, endsOn, email, url }) => ({
    subject: `Invitation : « ${course} »`,
    text: `« ${program} » vous invite à suivre gratuitement la formation « ${course} », dans la promotion « ${cohort} ».

Pour répondre, connectez-vous avec cette adresse (${email}) et acceptez ou déclinez :

    ${url}

Il n’y a pas de mot de passe : un code vous est envoyé par e-mail. ${startsOn ? `Vous pouvez accepter à partir du ${startsOn} et` : 'Vous pouvez accepter'} jusqu’au ${endsOn}. Si vous ne faites rien, vous n’êtes inscrit à rien.
`,
  }),
  en: ({ course, program, cohort, startsOn, endsOn, email, url }) => ({
    subject: `Invitation: “${course}”`,
    text: `“${program}” invites you to take the free course “${course}”, in the cohort “${cohort}”.

To answer, sign in with this address (${email}) and accept or decline:

    ${url}

There is no password: a code is mailed to you. You can accept ${startsOn ? `from ${startsOn} ` : ''}until ${endsOn}. If you do nothing, you are not enrolled in anything.
`,
  }),
};

const written = (date: string, locale: Locale): string =>
  DateTime.fromISO(date, { zone: 'utc' }).setLocale(locale).toLocaleString(DateTime.DATE_FULL);

/** The mail to somebody who is invited, in their language; in all of the product's where it is not known. */
export function invitationMail(locale: Locale | null, factsIn: (locale: Locale) => InvitationFacts): Mail {
  const mailIn = (each: Locale): Mail => {
    const { startsOn, endsOn, ...facts } = factsIn(each);
    return MAIL[each]({
      ...facts,
      startsOn: startsOn && written(startsOn, each),
      endsOn: written(endsOn, each),
    });
  };
  if (locale) return mailIn(locale);
  const mails = [...LOCALES].reverse().map(mailIn); // French first: it is read by most
  return {
    subject: mails.map(({ subject }) => subject).join(' / '),
    text: mails.map(({ text }) => text).join('\n----\n\n'),
  };
}
