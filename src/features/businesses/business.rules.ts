import { DateTime } from 'luxon';
import { defineRefusals } from '../../platform/errors.js';
import { COUNTRY_CODES } from './country-codes.js';

export const FACT_KINDS = [
  'COUNTRY',
  'REGION',
  'HEADCOUNT',
  'FOR_PROFIT',
  'TRADING_SINCE',
  'SECTOR',
] as const;
export type FactKind = (typeof FACT_KINDS)[number];
export type FactValue = string | number | boolean;

export const businessRefusals = defineRefusals({
  COUNTRY_INVALID: {
    en: 'This is not a country code. Use two letters such as FR (ISO 3166-1).',
    fr: 'Ce n’est pas un code de pays. Utilisez deux lettres, par exemple FR (ISO 3166-1).',
    field: 'value',
  },
  REGION_INVALID: {
    en: 'This is not a region code. Use a code such as FR-IDF (ISO 3166-2).',
    fr: 'Ce n’est pas un code de région. Utilisez un code comme FR-IDF (ISO 3166-2).',
    field: 'value',
  },
  HEADCOUNT_INVALID: {
    en: 'The number of people must be a whole number from 0 to 100,000.',
    fr: 'L’effectif doit être un nombre entier de 0 à 100 000.',
    field: 'value',
  },
  FOR_PROFIT_INVALID: {
    en: 'Answer true or false.',
    fr: 'Répondez true (oui) ou false (non).',
    field: 'value',
  },
  DATE_INVALID: {
    en: 'This is not a date. Write it as 2026-10-08.',
    fr: 'Ce n’est pas une date. Écrivez-la sous la forme 2026-10-08.',
    field: 'value',
  },
  DATE_IN_FUTURE: {
    en: 'This date is still to come.',
    fr: 'Cette date n’est pas encore passée.',
    field: 'asOf',
  },
  SECTOR_INVALID: {
    en: 'This is not a sector code. Use a NACE division such as 10 or 96.',
    fr: 'Ce n’est pas un code de secteur. Utilisez une division NACE comme 10 ou 96.',
    field: 'value',
  },
  REGISTRATION_NUMBER_TAKEN: {
    en: 'A business with this registration number is already here. Ask its owner to add you, or check the number.',
    fr: 'Une entreprise avec ce numéro d’immatriculation existe déjà. Demandez à son responsable de vous ajouter, ou vérifiez le numéro.',
    field: 'registrationNumber',
  },
});

/** A registration number as it is stored: without what people put between its digits, in capitals. */
export const plainRegistrationNumber = (text: string): string => text.replace(/[\s.-]/g, '').toUpperCase();

type Parsed = { value: FactValue } | { refusal: keyof typeof businessRefusals };

/** Whether a text is a calendar date that PostgreSQL can hold: it has no year 0. */
export const isCalendarDate = (text: string): boolean =>
  /^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid;

const PARSERS: Record<FactKind, (text: string) => Parsed> = {
  COUNTRY: (text) => {
    const code = text.toUpperCase();
    return COUNTRY_CODES.has(code) ? { value: code } : { refusal: 'COUNTRY_INVALID' };
  },
  REGION: (text) => {
    const code = text.toUpperCase();
    return /^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(code) && COUNTRY_CODES.has(code.slice(0, 2))
      ? { value: code }
      : { refusal: 'REGION_INVALID' };
  },
  HEADCOUNT: (text) =>
    /^\d{1,6}$/.test(text) && Number(text) <= 100_000
      ? { value: Number(text) }
      : { refusal: 'HEADCOUNT_INVALID' },
  FOR_PROFIT: (text) =>
    text === 'true' || text === 'false' ? { value: text === 'true' } : { refusal: 'FOR_PROFIT_INVALID' },
  TRADING_SINCE: (text) => (isCalendarDate(text) ? { value: text } : { refusal: 'DATE_INVALID' }),
  SECTOR: (text) => (/^\d{2}(\.\d{1,2})?$/.test(text) ? { value: text } : { refusal: 'SECTOR_INVALID' }),
};

/** Reads a fact's value as a person typed it: `FR-IDF`, `4`, `true`, `2019-03-01`. */
export function parseFactValue(kind: FactKind, text: string): Parsed {
  return PARSERS[kind](text.trim());
}
