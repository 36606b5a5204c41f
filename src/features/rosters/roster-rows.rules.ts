import type { Locale } from '../../platform/locale.js';
import type { Sentence } from '../formats/import/import-problems.js';
import type { RosterOutcome } from './roster.entity.js';
import { reasons } from './roster-reasons.rules.js';
import { fileRefusals, RosterRefused } from './roster.rules.js';

/** A line of a table as it stands in a file, from 1. */
export interface TableRow {
  line: number;
  cells: string[];
}

/** A row as it was read, before anybody is looked up. */
export interface ReadRow {
  line: number;
  email: string;
  name: string | null;
  locale: Locale | null;
  registrationNumber: string | null;
  outcome: RosterOutcome;
  reasonCode: string | null;
  reason: Sentence | null;
}

/** What a roster says. */
export interface ReadRoster {
  rows: ReadRow[];
  notes: Sentence[];
}

/** What {@link readRows} needs of other features. */
export interface RowParts {
  /** The address in lower case, or null when it is none. */
  emailIn(text: string): string | null;
  plainRegistrationNumber(text: string): string;
}

/** Names of columns, as people and OneRoster (1.1 and 1.2, users.csv) write them: without accents, signs and capitals. */
const COLUMNS = {
  email: ['email', 'mail', 'emailaddress', 'adresseemail', 'adressemail', 'adresseelectronique', 'courriel'],
  name: ['name', 'fullname', 'nomcomplet', 'nometprenom', 'prenometnom'],
  givenName: ['givenname', 'firstname', 'prenom'],
  preferredGivenName: ['preferredgivenname'],
  familyName: ['familyname', 'lastname', 'surname', 'nom', 'nomdefamille'],
  language: ['language', 'lang', 'locale', 'langue'],
  registrationNumber: [
    'registrationnumber',
    'businessregistrationnumber',
    'companyregistrationnumber',
    'numerodimmatriculation',
    'siren',
  ],
  role: ['role'],
  enabledUser: ['enableduser'],
  status: ['status'],
  sourcedId: ['sourcedid'],
} as const;
type Column = keyof typeof COLUMNS;
/** Only OneRoster means these: in a list of somebody's own they may say anything. */
const ONE_ROSTER_ONLY: readonly Column[] = ['role', 'enabledUser', 'status'];

const MOST_NAME = 120;
const MOST_NUMBER = 30;

const folded = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

/**
 * Reads the people of a table whose first row names its columns.
 * @throws RosterRefused when no column has addresses, two are named the same, or there is nobody.
 */
export function readRows([header, ...table]: readonly TableRow[], parts: RowParts): ReadRoster {
  if (!header) throw new RosterRefused(fileRefusals.empty());
  const columns = columnsOf(header.cells);
  if (columns.email === undefined)
    throw new RosterRefused(
      fileRefusals.noEmailColumn(header.cells.slice(0, 12).map((cell) => shown(cell, 40))),
    );
  if (table.length === 0) throw new RosterRefused(fileRefusals.noRows());
  const isOneRoster = columns.sourcedId !== undefined;
  const lineOf = new Map<string, number>();
  const rows = table.map(({ line, cells }): ReadRow => {
    const cell = (column: Column): string =>
      columns[column] === undefined || (!isOneRoster && ONE_ROSTER_ONLY.includes(column))
        ? ''
        : (cells[columns[column]] ?? '').trim();
    const typed = cell('email');
    const email = parts.emailIn(typed);
    const name = nameIn(cell);
    const number = parts.plainRegistrationNumber(cell('registrationNumber'));
    const read = {
      line,
      email: email ?? shown(typed, 254),
      name: name === null ? null : shown(name, MOST_NAME),
      locale: localeIn(cell('language')),
      registrationNumber: number && number.length <= MOST_NUMBER ? number : null,
    };
    const isLearner = isOneRoster ? whyNoLearner(cell, columns.role !== undefined) : null;
    if (isLearner) return { ...read, outcome: 'SKIPPED', ...isLearner };
    const wrong =
      email === null
        ? reasons[typed === '' ? 'EMAIL_MISSING' : 'EMAIL_INVALID']()
        : lineOf.has(email)
          ? reasons.EMAIL_TWICE(lineOf.get(email)!)
          : name !== null && name.length > MOST_NAME
            ? reasons.NAME_TOO_LONG(MOST_NAME)
            : number.length > MOST_NUMBER
              ? reasons.REGISTRATION_NUMBER_TOO_LONG(MOST_NUMBER)
              : null;
    if (wrong) return { ...read, outcome: 'REFUSED', ...wrong };
    lineOf.set(email!, line);
    return { ...read, outcome: 'TO_ENROLL', reasonCode: null, reason: null };
  });
  return { rows, notes: isOneRoster && columns.role === undefined ? [WITHOUT_ROLES] : [] };
}

/** OneRoster 1.2 keeps roles in a file of their own. */
const WITHOUT_ROLES: Sentence = {
  en: 'This OneRoster file has no column “role”, as version 1.2 keeps roles in roles.csv: everybody in it is taken as a learner.',
  fr: 'Ce fichier OneRoster n’a pas de colonne « role » (la version 1.2 met les rôles dans roles.csv) : toutes ses personnes sont prises comme apprenants.',
};

function columnsOf(header: readonly string[]): Partial<Record<Column, number>> {
  const columns: Partial<Record<Column, number>> = {};
  const names = header.map(folded);
  for (const [column, known] of Object.entries(COLUMNS) as [Column, readonly string[]][]) {
    const places = names.flatMap((name, index) => (known.includes(name) ? [index] : []));
    if (places.length > 1 && !ONE_ROSTER_ONLY.includes(column))
      throw new RosterRefused(fileRefusals.columnTwice(shown(header[places[1]!]!, 40)));
    if (places[0] !== undefined) columns[column] = places[0];
  }
  return columns;
}

function nameIn(cell: (column: Column) => string): string | null {
  if (cell('name')) return cell('name');
  const given = cell('preferredGivenName') || cell('givenName');
  return [given, cell('familyName')].filter(Boolean).join(' ') || null;
}

/** The languages of the product by their tags and names; what is none of them is written to in both. */
function localeIn(text: string): Locale | null {
  const name = folded(text);
  if (/^(en([a-z]{2})?|english|anglais)$/.test(name)) return 'en';
  return /^(fr([a-z]{2})?|french|francais)$/.test(name) ? 'fr' : null;
}

function whyNoLearner(cell: (column: Column) => string, hasRoles: boolean) {
  if (cell('status').toLowerCase() === 'tobedeleted') return reasons.TO_BE_DELETED();
  if (['false', '0'].includes(cell('enabledUser').toLowerCase())) return reasons.NOT_ENABLED();
  const role = cell('role');
  return hasRoles && role.toLowerCase() !== 'student' ? reasons.NO_STUDENT(shown(role, 40)) : null;
}

/** A text as it may be shown and stored: on one line, without what cannot be seen, and no longer than this. */
const shown = (text: string, most: number): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\p{Surrogate}]+/gu, ' ')
    .trim()
    .slice(0, most)
    .replace(/[\uD800-\uDBFF]$/, '');
