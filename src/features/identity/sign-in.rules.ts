import { defineRefusals, type Refusal } from '../../platform/errors.js';

/** How long a code can be used, in minutes. */
export const CODE_MINUTES = 10;
/** How often a code may be guessed wrongly before it is void. */
export const CODE_TRIES = 5;
/** Codes that may be asked for in one hour: for one address, and from one network address. */
export const CODES_PER_HOUR = { perEmail: 10, perIp: 60 };
/** How long a session lasts, in days. It is renewed when used in its second half. */
export const SESSION_DAYS = 60;

export const signInRefusals = defineRefusals({
  EMAIL_INVALID: {
    en: 'This does not look like an email address. It should look like name@example.org.',
    fr: 'Cela ne ressemble pas à une adresse e-mail. Elle devrait ressembler à nom@exemple.fr.',
    field: 'email',
  },
  SIGN_IN_TOO_OFTEN: {
    en: 'Too many codes were asked for. Wait an hour, or use the last code you received.',
    fr: 'Trop de codes ont été demandés. Attendez une heure, ou utilisez le dernier code reçu.',
    field: 'email',
  },
  CODE_WRONG: {
    en: 'This is not the code we sent. Check the last mail from us and try again.',
    fr: 'Ce n’est pas le code que nous avons envoyé. Vérifiez notre dernier e-mail et réessayez.',
    field: 'code',
  },
  CODE_EXPIRED: {
    en: 'This code can no longer be used. Ask for a new one.',
    fr: 'Ce code ne peut plus être utilisé. Demandez-en un nouveau.',
    field: 'code',
  },
  OWN_ADMIN_ROLE: {
    en: 'You cannot take the administrator role from yourself: ask another administrator.',
    fr: 'Vous ne pouvez pas vous retirer le rôle d’administrateur : demandez-le à un autre administrateur.',
    field: 'roles',
  },
  TIME_ZONE_UNKNOWN: {
    en: 'This time zone is not known. Use a name such as Europe/Paris.',
    fr: 'Ce fuseau horaire est inconnu. Utilisez un nom comme Europe/Paris.',
    field: 'timeZone',
  },
});

/** Whether another code may be sent, given how many were asked for in the last hour. */
export function refusalToSend(asked: { forEmail: number; fromIp: number }): Refusal | null {
  const tooMany = asked.forEmail >= CODES_PER_HOUR.perEmail || asked.fromIp >= CODES_PER_HOUR.perIp;
  return tooMany ? signInRefusals.SIGN_IN_TOO_OFTEN : null;
}

/** The newest code that this browser asked for, as found. */
export interface CodeFacts {
  expiresAt: Date;
  tries: number;
  usedAt: Date | null;
  matches: boolean;
}

/**
 * Whether a code signs in. A browser that never asked is told the same as one that guesses wrongly, so the answer says
 * nothing about the address.
 */
export function refusalToVerify(code: CodeFacts | null, now: Date): Refusal | null {
  if (!code) return signInRefusals.CODE_WRONG;
  if (code.usedAt || code.expiresAt <= now || code.tries >= CODE_TRIES) return signInRefusals.CODE_EXPIRED;
  return code.matches ? null : signInRefusals.CODE_WRONG;
}

/** Whether a name is a time zone of the IANA database. An offset such as `+02:00` is none: it knows no summer time. */
export function isTimeZone(name: string): boolean {
  if (/^[+-]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
