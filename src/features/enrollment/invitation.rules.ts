import { DateTime } from 'luxon';
import { defineRefusals, type Refusal } from '../../platform/errors.js';
import type { InvitationState } from './invitation.entity.js';

export const invitationRefusals = defineRefusals({
  COURSE_NOT_OFFERED: {
    en: 'The program does not offer this course. Choose another one.',
    fr: 'Le programme ne propose pas cette formation. Choisissez-en une autre.',
    field: 'courseId',
  },
  COHORT_OVER: {
    en: 'The last day to enroll in this cohort is over. Choose another cohort.',
    fr: 'Le dernier jour d’inscription de cette promotion est passé. Choisissez une autre promotion.',
    field: 'cohortId',
  },
  INVITATION_NOBODY: {
    en: 'Give at least one email address.',
    fr: 'Indiquez au moins une adresse e-mail.',
    field: 'emails',
  },
  INVITATION_TOO_MANY: {
    en: 'Up to {max} addresses can be invited at once. For more, send a roster as a file.',
    fr: 'On peut inviter jusqu’à {max} adresses à la fois. Au-delà, envoyez une liste dans un fichier.',
    field: 'emails',
  },
  INVITATION_TOO_SOON: {
    en: 'This person was written to less than {hours} hours ago. Give them time to read it.',
    fr: 'Cette personne a reçu un e-mail il y a moins de {hours} heures. Laissez-lui le temps de le lire.',
  },
  INVITATION_TOO_OFTEN: {
    en: 'This person was written to {max} times without an answer. Reach them in another way.',
    fr: 'Cette personne a reçu {max} e-mails sans répondre. Contactez-la autrement.',
  },
  INVITATION_CLOSED: {
    en: 'This invitation no longer waits for an answer: it was answered, withdrawn, or its time is over.',
    fr: 'Cette invitation n’attend plus de réponse : elle a déjà reçu une réponse, a été retirée, ou son délai est passé.',
  },
});

/** Addresses in one request. */
export const MOST_AT_ONCE = 100;
/** Mails about one invitation, the first included. */
export const MOST_MAILS = 4;
/** Hours between two mails about one invitation. */
export const HOURS_BETWEEN_MAILS = 24;

/** What becomes of one address that a manager wants to invite. */
export const INVITING_OUTCOMES = [
  'INVITED',
  'ALREADY_INVITED',
  'ALREADY_ENROLLED',
  'DECLINED',
  'ACCEPTED_BEFORE',
  'TOO_SOON',
  'ADDRESS_INVALID',
] as const;
export type InvitingOutcome = (typeof INVITING_OUTCOMES)[number];

/** The days of a cohort on which one can enroll, in its own zone. */
export interface EnrollmentDays {
  startsOn: string;
  endsOn: string;
  timeZone: string;
}

const dayIn = (timeZone: string, now: Date): string =>
  DateTime.fromJSDate(now, { zone: timeZone }).toISODate()!;

/** Whether the first day to enroll has come. */
export const hasBegun = ({ startsOn, timeZone }: EnrollmentDays, now: Date): boolean =>
  dayIn(timeZone, now) >= startsOn;

/** Whether the last day to enroll is over. */
export const isOver = ({ endsOn, timeZone }: EnrollmentDays, now: Date): boolean =>
  dayIn(timeZone, now) > endsOn;

/** The state that people see: an invitation that nobody answered in time has expired. */
export const stateOf = (
  { state }: { state: InvitationState },
  cohort: EnrollmentDays,
  now: Date,
): InvitationState => (state === 'INVITED' && isOver(cohort, now) ? 'EXPIRED' : state);

/** From when on another mail may be sent about an invitation; null when there were enough. */
export const nextMailAt = (invitation: { lastSentAt: Date; sentCount: number }): Date | null =>
  invitation.sentCount >= MOST_MAILS
    ? null
    : new Date(invitation.lastSentAt.getTime() + HOURS_BETWEEN_MAILS * 3_600_000);

/** Whether another mail may be sent now. */
export function refusalToMail(
  invitation: { lastSentAt: Date; sentCount: number },
  now: Date,
): Refusal | null {
  const next = nextMailAt(invitation);
  if (next === null) return invitationRefusals.INVITATION_TOO_OFTEN;
  return next > now ? invitationRefusals.INVITATION_TOO_SOON : null;
}

/** Values of the sentences of {@link refusalToMail}. */
export const MAIL_LIMITS = { hours: HOURS_BETWEEN_MAILS, max: MOST_MAILS };
