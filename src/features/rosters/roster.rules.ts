import { DomainError, defineRefusals } from '../../platform/errors.js';
import type { Sentence } from '../formats/import/import-problems.js';
import type { RosterState } from './roster.entity.js';

export const rosterRefusals = defineRefusals({
  ROSTER_FILE_REFUSED: {
    en: 'This file cannot be read.',
    fr: 'Ce fichier ne peut pas être lu.',
    field: 'file',
  },
  ROSTER_NOT_READY: {
    en: 'This file is not ready: it is still being read, or nobody can be enrolled from it.',
    fr: 'Ce fichier n’est pas prêt : il est encore en lecture, ou personne ne peut en être inscrit.',
  },
  ROSTER_ENDED: {
    en: 'This file was applied, or has ended in another way. There is nothing to cancel.',
    fr: 'Ce fichier a été appliqué, ou est déjà terminé. Il n’y a rien à annuler.',
  },
});

/** People in one file. */
export const MOST_ROWS = 10_000;
/** Bytes of one file: ten thousand people take about one megabyte. */
export const MOST_BYTES = 5_000_000;
/** Days that a roster which nobody applied is kept. */
export const UNUSED_DAYS = 30;

/** Why a whole file is refused: what is wrong, and how to mend it. */
export class RosterRefused extends Error {
  constructor(readonly sentence: Sentence) {
    super(sentence.en);
  }
}

const counted = (count: number, locale: string): string => new Intl.NumberFormat(locale).format(count);

export const fileRefusals = {
  ending: (): Sentence => ({
    en: 'A roster is a .csv or .xlsx file. Save the list as one of these, and send that.',
    fr: 'Une liste est un fichier .csv ou .xlsx. Enregistrez-la sous l’un de ces formats, puis envoyez-la.',
  }),
  empty: (): Sentence => ({
    en: 'The file is empty. Choose it again, or save it again where it comes from.',
    fr: 'Le fichier est vide. Choisissez-le de nouveau, ou enregistrez-le de nouveau à sa source.',
  }),
  tooLarge: (): Sentence => ({
    en: `The file is larger than ${MOST_BYTES / 1_000_000} MB. Leave out columns that are not needed, or split it.`,
    fr: `Le fichier dépasse ${MOST_BYTES / 1_000_000} Mo. Retirez les colonnes inutiles, ou divisez-le.`,
  }),
  tooManyRows: (): Sentence => ({
    en: `The file has more than ${counted(MOST_ROWS, 'en')} people. Split it in two.`,
    fr: `Le fichier contient plus de ${counted(MOST_ROWS, 'fr')} personnes. Divisez-le en deux.`,
  }),
  noRows: (): Sentence => ({
    en: 'The file has column names and no people below them.',
    fr: 'Le fichier a des noms de colonnes, mais personne en dessous.',
  }),
  noEmailColumn: (found: readonly string[]): Sentence => ({
    en: `The first line names no column “email”. It reads: ${found.join(', ')}. Name the column with the addresses “email”.`,
    fr: `La première ligne ne nomme aucune colonne « email ». On y lit : ${found.join(', ')}. Nommez « email » la colonne des adresses.`,
  }),
  columnTwice: (name: string): Sentence => ({
    en: `Two columns are named as “${name}”. Keep one of them.`,
    fr: `Deux colonnes portent le nom « ${name} ». N’en gardez qu’une.`,
  }),
  utf16: (): Sentence => ({
    en: 'The file is saved as “Unicode text” (UTF-16). Save it as “CSV UTF-8”.',
    fr: 'Le fichier est enregistré en « texte Unicode » (UTF-16). Enregistrez-le en « CSV UTF-8 ».',
  }),
  notText: (line: number): Sentence => ({
    en: `Line ${line} holds signs that no text has (NUL). The file is damaged, or no CSV: save it as “CSV UTF-8”.`,
    fr: `La ligne ${line} contient des signes qu’aucun texte ne contient (NUL). Le fichier est abîmé, ou n’est pas un CSV : enregistrez-le en « CSV UTF-8 ».`,
  }),
  notUtf8: (line: number): Sentence => ({
    en: `Line ${line} is not UTF-8, so that accents would be lost: the file is probably saved as Windows-1252, as “CSV” in Excel is. Save it as “CSV UTF-8”.`,
    fr: `La ligne ${line} n’est pas en UTF-8, et les accents seraient perdus : le fichier est sans doute en Windows-1252, comme le « CSV » d’Excel. Enregistrez-le en « CSV UTF-8 ».`,
  }),
  quotes: (line: number): Sentence => ({
    en: `Line ${line}: a quotation mark is not where a CSV may have one, or is never closed. Mend this line, or save the list again as “CSV UTF-8”.`,
    fr: `Ligne ${line} : un guillemet n’est pas à sa place dans un CSV, ou n’est jamais fermé. Corrigez cette ligne, ou enregistrez de nouveau la liste en « CSV UTF-8 ».`,
  }),
  rowTooLong: (line: number): Sentence => ({
    en: `Line ${line} is far too long for one person. Perhaps a quotation mark before it is never closed.`,
    fr: `La ligne ${line} est bien trop longue pour une personne. Un guillemet ouvert avant elle n’est peut-être jamais fermé.`,
  }),
  oldExcel: (): Sentence => ({
    en: 'This is a workbook of an old Excel (.xls), or one with a password. Save it as .xlsx, without a password.',
    fr: 'C’est un classeur d’un ancien Excel (.xls), ou protégé par un mot de passe. Enregistrez-le en .xlsx, sans mot de passe.',
  }),
  noWorkbook: (): Sentence => ({
    en: 'This is no Excel workbook, whatever its name says. Save the list as .xlsx or .csv.',
    fr: 'Ce n’est pas un classeur Excel, quoi que dise son nom. Enregistrez la liste en .xlsx ou .csv.',
  }),
  damagedWorkbook: (): Sentence => ({
    en: 'The workbook is damaged: its first sheet cannot be read. Open it in a spreadsheet, and save it again as .xlsx.',
    fr: 'Le classeur est abîmé : sa première feuille ne peut pas être lue. Ouvrez-le dans un tableur, et enregistrez-le de nouveau en .xlsx.',
  }),
  ourFault: (): Sentence => ({
    en: 'Reading stopped because of a fault on our side. Nobody was enrolled. Send the file again; if it happens again, tell whoever runs the platform.',
    fr: 'La lecture s’est arrêtée à cause d’une erreur de notre côté. Personne n’a été inscrit. Envoyez de nouveau le fichier ; si cela se répète, dites-le à la personne qui gère la plateforme.',
  }),
};

/** Why a file is refused, as a refusal of the request that brings it. */
export const refusedFile = (sentence: Sentence): DomainError =>
  new DomainError({ ...rosterRefusals.ROSTER_FILE_REFUSED, sentences: { ...sentence } });

/** @throws DomainError when a roster in this state cannot be applied. One that is, or is being, stays as it is. */
export function requireApplicable(state: RosterState): void {
  if (state !== 'READY' && state !== 'APPLYING' && state !== 'APPLIED')
    throw new DomainError(rosterRefusals.ROSTER_NOT_READY);
}

/** @throws DomainError when a roster in this state cannot be given up. */
export function requireCancelable(state: RosterState): void {
  if (state !== 'UPLOADED' && state !== 'READY') throw new DomainError(rosterRefusals.ROSTER_ENDED);
}
