import { defineRefusals, type Refusal } from '../../platform/errors.js';
import type { TeamRole } from '../catalog/course.entity.js';

export const teamRefusals = defineRefusals({
  TEAM_PERSON_UNKNOWN: {
    en: 'Nobody with the address {email} has an account here. Ask them to sign in once, and an administrator to make them a trainer.',
    fr: 'Personne n’a de compte ici avec l’adresse {email}. Demandez à cette personne de se connecter une fois, et à un administrateur de lui donner le rôle de formateur.',
    field: 'email',
  },
  TEAM_PERSON_NOT_TRAINER: {
    en: '{email} has an account, but is not a trainer yet. Ask an administrator to make them one.',
    fr: '{email} a un compte, mais pas encore le rôle de formateur. Demandez à un administrateur de le lui donner.',
    field: 'email',
  },
  TEAM_MEMBER_ALREADY: {
    en: '{email} already works on this course. Change their role in the list.',
    fr: '{email} travaille déjà sur cette formation. Changez son rôle dans la liste.',
    field: 'email',
  },
  TEAM_MEMBER_UNKNOWN: {
    en: 'This person no longer works on this course. Load the page again to see who does.',
    fr: 'Cette personne ne travaille plus sur cette formation. Rechargez la page pour voir qui y travaille.',
    field: 'personId',
  },
  TEAM_LAST_AUTHOR: {
    en: 'A course needs an author. Make somebody else an author first, or hand the course over.',
    fr: 'Une formation a besoin d’un auteur. Désignez d’abord un autre auteur, ou transmettez la formation.',
    field: 'personId',
  },
  TEAM_HAND_OVER_TO_SELF: {
    en: 'This is your own address. Hand the course over to somebody else.',
    fr: 'C’est votre propre adresse. Transmettez la formation à quelqu’un d’autre.',
    field: 'email',
  },
});

/**
 * Why a member's role may not change to another, or to none, or null.
 * @param authors persons who are authors now.
 */
export function refusalToChange(
  authors: readonly string[],
  personId: string,
  role: TeamRole | null,
): Refusal | null {
  return role !== 'AUTHOR' && authors.length === 1 && authors[0] === personId
    ? teamRefusals.TEAM_LAST_AUTHOR
    : null;
}
