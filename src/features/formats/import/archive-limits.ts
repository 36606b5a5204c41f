import type { Sentence } from './import-problems.js';

const MB = 1_000_000;

/** How much one import may hold. What is larger is refused as soon as it shows, whatever the archive claims of itself. */
export interface ArchiveLimits {
  /** Bytes of the uploaded file. */
  uploadBytes: number;
  /** Bytes of all that is in it, unpacked. */
  unpackedBytes: number;
  /** Bytes of one file in it, unpacked. */
  entryBytes: number;
  /** Files and folders in it. */
  entries: number;
  /** How many times larger than packed a file, or all of them, may become; asked only of what is larger than `ratioBeyondBytes`. */
  ratio: number;
  ratioBeyondBytes: number;
}

export const ARCHIVE_LIMITS: ArchiveLimits = {
  uploadBytes: 200 * MB,
  unpackedBytes: 1_000 * MB,
  entryBytes: 300 * MB,
  entries: 10_000,
  ratio: 200,
  ratioBeyondBytes: 10 * MB,
};

/** Why nothing of a file is read. */
export class ArchiveRefused extends Error {
  constructor(readonly sentence: Sentence) {
    super(sentence.en);
  }
}

const inMb = (bytes: number): number => Math.max(1, Math.round(bytes / MB));
const counted = (count: number, locale: string): string => new Intl.NumberFormat(locale).format(count);

/** Every reason for which a whole file is refused: what is wrong, and how to mend it. */
export const archiveRefusals = {
  tooLarge: ({ uploadBytes }: ArchiveLimits): Sentence => ({
    en: `The file is larger than ${inMb(uploadBytes)} MB. Split it, or make its pictures and videos smaller.`,
    fr: `Le fichier dépasse ${inMb(uploadBytes)} Mo. Divisez-le, ou allégez ses images et ses vidéos.`,
  }),
  empty: (): Sentence => ({
    en: 'The file is empty. Choose it again, or save it again where it comes from.',
    fr: 'Le fichier est vide. Choisissez-le de nouveau, ou enregistrez-le de nouveau à sa source.',
  }),
  damaged: (): Sentence => ({
    en: 'The archive is incomplete or damaged: perhaps a download or an upload stopped midway. Download or export it again.',
    fr: 'L’archive est incomplète ou abîmée : un téléchargement ou un envoi s’est peut-être arrêté en route. Téléchargez-la ou exportez-la de nouveau.',
  }),
  damagedFile: (path: string): Sentence => ({
    en: `The archive is damaged: “${path}” in it cannot be unpacked. Download or export it again.`,
    fr: `L’archive est abîmée : « ${path} » ne peut pas en être extrait. Téléchargez-la ou exportez-la de nouveau.`,
  }),
  notTar: (): Sentence => ({
    en: 'The file is compressed with gzip, but holds no tar archive. Send the file itself, or a .zip or .tar.gz of the folder.',
    fr: 'Le fichier est compressé avec gzip, mais ne contient pas d’archive tar. Envoyez le fichier lui-même, ou le dossier en .zip ou .tar.gz.',
  }),
  encrypted: (): Sentence => ({
    en: 'The archive is protected by a password. Unpack it, and make an archive without one.',
    fr: 'L’archive est protégée par un mot de passe. Ouvrez-la, et refaites une archive sans mot de passe.',
  }),
  tooManyEntries: ({ entries }: ArchiveLimits): Sentence => ({
    en: `The archive holds more than ${counted(entries, 'en')} files. Split it in two.`,
    fr: `L’archive contient plus de ${counted(entries, 'fr')} fichiers. Divisez-la en deux.`,
  }),
  entryTooLarge: (path: string, { entryBytes }: ArchiveLimits): Sentence => ({
    en: `“${path}” in the archive is larger than ${inMb(entryBytes)} MB. Make it smaller, or take it out.`,
    fr: `« ${path} », dans l’archive, dépasse ${inMb(entryBytes)} Mo. Allégez ce fichier, ou retirez-le.`,
  }),
  unpacksTooLarge: ({ unpackedBytes }: ArchiveLimits): Sentence => ({
    en: `The archive unpacks to more than ${inMb(unpackedBytes)} MB. Split it, or make its files smaller.`,
    fr: `Une fois ouverte, l’archive dépasse ${inMb(unpackedBytes)} Mo. Divisez-la, ou allégez ses fichiers.`,
  }),
  bomb: ({ ratio }: ArchiveLimits): Sentence => ({
    en: `The archive unpacks to more than ${ratio} times its size, as only archives made to do harm do. It is not read.`,
    fr: `Une fois ouverte, l’archive est plus de ${ratio} fois plus grosse, comme seules le sont les archives faites pour nuire. Elle n’est pas lue.`,
  }),
};
