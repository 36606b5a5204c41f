import { LOCALES } from '../../platform/locale.js';
import { DomainError } from '../../platform/errors.js';
import type { Sentence } from '../formats/import/import-problems.js';

/** Why a row is not enrolled: a code for programs, and a sentence for the manager who mends the list. */
export interface Reason {
  reasonCode: string;
  reason: Sentence;
}

const of = (reasonCode: string, en: string, fr: string): Reason => ({ reasonCode, reason: { en, fr } });

export const reasons = {
  EMAIL_MISSING: () => of('EMAIL_MISSING', 'There is no address.', 'Il n’y a pas d’adresse.'),
  EMAIL_INVALID: () =>
    of(
      'EMAIL_INVALID',
      'This is no email address. It should look like name@example.org.',
      'Ce n’est pas une adresse e-mail. Elle devrait ressembler à nom@exemple.fr.',
    ),
  EMAIL_TWICE: (line: number) =>
    of(
      'EMAIL_TWICE',
      `The same address stands on line ${line}, which counts.`,
      `La même adresse figure à la ligne ${line}, qui compte.`,
    ),
  NAME_TOO_LONG: (most: number) =>
    of('NAME_TOO_LONG', `The name is longer than ${most} characters.`, `Le nom dépasse ${most} caractères.`),
  REGISTRATION_NUMBER_TOO_LONG: (most: number) =>
    of(
      'REGISTRATION_NUMBER_TOO_LONG',
      `The registration number is longer than ${most} characters.`,
      `Le numéro d’immatriculation dépasse ${most} caractères.`,
    ),
  TO_BE_DELETED: () =>
    of(
      'TO_BE_DELETED',
      'The file marks this person as to be deleted (status).',
      'Le fichier marque cette personne comme à supprimer (status).',
    ),
  NOT_ENABLED: () =>
    of(
      'NOT_ENABLED',
      'The file says that this account is not enabled (enabledUser).',
      'Le fichier dit que ce compte n’est pas actif (enabledUser).',
    ),
  NO_STUDENT: (role: string) =>
    role === ''
      ? of('NO_STUDENT', 'The file gives no role.', 'Le fichier ne donne pas de rôle.')
      : of(
          'NO_STUDENT',
          `The role is “${role}”: only “student” is enrolled.`,
          `Le rôle est « ${role} » : seul « student » est inscrit.`,
        ),
  DECLINED: () =>
    of(
      'DECLINED',
      'Declined the invitation to this course and cohort.',
      'A décliné l’invitation à cette formation et à cette promotion.',
    ),
  LEFT: () =>
    of(
      'LEFT',
      'Left this course. Whoever left starts again by themselves.',
      'A quitté cette formation. Qui l’a quittée la recommence de son côté.',
    ),
  TOO_SOON: () =>
    of(
      'TOO_SOON',
      'An invitation was taken back, and mailed within the last day or often enough. Invite this person another day.',
      'Une invitation a été retirée, et envoyée il y a moins d’un jour ou assez de fois. Invitez cette personne un autre jour.',
    ),
  COHORT_OVER: () =>
    of(
      'COHORT_OVER',
      'The last day to enroll in this cohort was over.',
      'Le dernier jour d’inscription de cette promotion était passé.',
    ),
};

/** Refusals of the enrollment that speak to the learner, as a manager reads them. */
const FOR_MANAGERS: Record<string, Sentence> = {
  ENROLLMENT_COMPLETED: {
    en: 'Has completed this course already.',
    fr: 'A déjà terminé cette formation.',
  },
  PREREQUISITE_MISSING: {
    en: 'Has to complete {courses} first, and can accept the invitation then.',
    fr: 'Doit d’abord terminer {courses}, et pourra ensuite accepter l’invitation.',
  },
  COHORT_NOT_OPEN: {
    en: 'The cohort took no enrollments for this course on that day.',
    fr: 'La promotion ne prenait pas d’inscriptions à cette formation ce jour-là.',
  },
};

/** Why the enrollment of somebody was refused. */
export function reasonOf({ refusal, values }: DomainError): Reason {
  const sentences = FOR_MANAGERS[refusal.code] ?? refusal.sentences;
  const said = new DomainError({ ...refusal, sentences }, values);
  const reason = Object.fromEntries(LOCALES.map((locale) => [locale, said.sentence(locale)]));
  return { reasonCode: refusal.code, reason: reason as unknown as Sentence };
}
