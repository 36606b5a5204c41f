import { createHash } from 'node:crypto';
import { defineRefusals } from '../../platform/errors.js';

export const catalogRefusals = defineRefusals({
  COURSE_NOT_PUBLISHED: {
    en: 'This course is not open yet.',
    fr: 'Cette formation n’est pas encore ouverte.',
    field: 'courseId',
  },
  VERSION_PUBLISHED: {
    en: 'This version is published and can no longer be changed. Make a draft to change the course.',
    fr: 'Cette version est publiée et ne peut plus être modifiée. Créez un brouillon pour modifier la formation.',
  },
  LESSON_BODY_INVALID: {
    en: 'This text has a form that lessons cannot hold: {reason}',
    fr: 'Ce texte a une forme que les leçons ne peuvent pas contenir : {reason}',
    field: 'body',
  },
  LESSON_HAS_NO_BODY: {
    en: 'A quiz has questions and no text of its own.',
    fr: 'Un quiz a des questions et pas de texte à lui.',
    field: 'body',
  },
  LESSON_CHANGED: {
    en: 'Somebody else saved this lesson since you opened it. Your changes are not saved: compare the two before you save again.',
    fr: 'Quelqu’un d’autre a enregistré cette leçon depuis que vous l’avez ouverte. Vos modifications ne sont pas enregistrées : comparez les deux avant d’enregistrer de nouveau.',
    field: 'expectedRevision',
  },
  TRANSLATION_CHANGED: {
    en: 'Somebody else changed this text since you opened the page. Nothing of yours is saved. It reads now: “{text}”',
    fr: 'Quelqu’un d’autre a modifié ce texte depuis que vous avez ouvert la page. Rien de vous n’est enregistré. Il dit maintenant : « {text} »',
    field: 'texts',
  },
  MARKDOWN_HTML: {
    en: 'Line {line}: lessons hold no HTML tags. Write Markdown instead, or \\< for the sign itself.',
    fr: 'Ligne {line} : les leçons n’acceptent pas de balises HTML. Écrivez en Markdown, ou \\< pour le signe lui-même.',
    field: 'markdown',
  },
  MARKDOWN_IMAGE: {
    en: 'Line {line}: this picture is not in the file store. Add it in the editor, and leave its line as it is written there.',
    fr: 'Ligne {line} : cette image n’est pas parmi les fichiers enregistrés. Ajoutez-la dans l’éditeur, et laissez sa ligne telle qu’elle y est écrite.',
    field: 'markdown',
  },
  MARKDOWN_FILE: {
    en: 'Line {line}: this file is not in the file store. Add it in the editor, and leave its line as it is written there.',
    fr: 'Ligne {line} : ce fichier n’est pas parmi les fichiers enregistrés. Ajoutez-le dans l’éditeur, et laissez sa ligne telle qu’elle y est écrite.',
    field: 'markdown',
  },
  MARKDOWN_TABLE: {
    en: 'Line {line}: lessons hold no tables. Write a list instead.',
    fr: 'Ligne {line} : les leçons n’acceptent pas de tableaux. Écrivez plutôt une liste.',
    field: 'markdown',
  },
  MARKDOWN_TOO_LARGE: {
    en: 'This text is too long, or its lists are nested too deep. Split the lesson in two.',
    fr: 'Ce texte est trop long, ou ses listes sont trop imbriquées. Coupez la leçon en deux.',
    field: 'markdown',
  },
  MARKDOWN_UNKNOWN: {
    en: 'Line {line} has something that lessons cannot hold. Write it in another way.',
    fr: 'La ligne {line} contient quelque chose que les leçons n’acceptent pas. Écrivez-le autrement.',
    field: 'markdown',
  },
  LOCALE_NOT_IN_COURSE: {
    en: 'This course has no text in that language.',
    fr: 'Cette formation n’a pas de texte dans cette langue.',
    field: 'locale',
  },
  IMPORT_FAILED: {
    en: 'No course could be read from these files. The report says why, file by file.',
    fr: 'Aucune formation n’a pu être lue dans ces fichiers. Le rapport dit pourquoi, fichier par fichier.',
    field: 'files',
  },
});

/** SHA-256, in hexadecimal, of a JSON value with its object keys sorted: the same content always has the same hash. */
export function contentHash(content: unknown): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
