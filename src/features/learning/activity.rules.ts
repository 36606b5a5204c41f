import { z } from 'zod';
import { defineRefusals, type Refusal } from '../../platform/errors.js';
import type { FileKind } from '../../platform/files/file.rules.js';
import type { ActivityContent, LessonKind } from '../catalog/course-content.js';
import type { SubmissionState } from './activity-submission.entity.js';

/** Of one submission. */
export const MOST_FILES = 5;
/** Of one file, in bytes: a photo of any phone, a document with pictures. */
export const MOST_FILE_BYTES = 10_000_000;
/** What a learner may hand in: what a trainer can open without a program of its own. */
export const ACTIVITY_FILE_KINDS: readonly FileKind[] = ['IMAGE', 'DOCUMENT'];

/** Refusals of file.rules.ts that tell a trainer what a course may hold. */
export const NOT_OF_AN_ACTIVITY: ReadonlySet<string> = new Set([
  'FILE_TYPE_REFUSED',
  'FILE_HTML',
  'FILE_SVG',
  'FILE_ARCHIVE',
]);

export const submissionText = z.string().trim().max(20_000);
export const decisionComment = z.string().trim().max(4_000);

export const activityRefusals = defineRefusals({
  LESSON_IS_NOT_ACTIVITY: {
    en: 'This lesson asks for nothing to be handed in.',
    fr: 'Cette leçon ne demande rien à rendre.',
    field: 'lessonId',
  },
  ACTIVITY_SUBMITTED: {
    en: 'You have handed this in; it can be changed again when a trainer returns it.',
    fr: 'Vous avez rendu ce travail ; vous pourrez le modifier si un formateur vous le renvoie.',
  },
  ACTIVITY_ACCEPTED: {
    en: 'A trainer has accepted this work; there is nothing more to hand in.',
    fr: 'Un formateur a accepté ce travail ; il n’y a plus rien à rendre.',
  },
  ACTIVITY_EMPTY: {
    en: 'There is nothing to hand in yet: write something, or add a file.',
    fr: 'Il n’y a encore rien à rendre : écrivez quelque chose ou ajoutez un fichier.',
    field: 'text',
  },
  ACTIVITY_TEXT_MISSING: {
    en: 'Write your answer before handing it in.',
    fr: 'Écrivez votre réponse avant de la rendre.',
    field: 'text',
  },
  ACTIVITY_FILE_MISSING: {
    en: 'Add a file before handing in.',
    fr: 'Ajoutez un fichier avant de rendre votre travail.',
    field: 'file',
  },
  ACTIVITY_TAKES_NO_FILES: {
    en: 'This activity is answered in writing: it takes no files.',
    fr: 'On répond à cette activité par écrit : elle n’accepte pas de fichiers.',
    field: 'file',
  },
  ACTIVITY_TAKES_NO_TEXT: {
    en: 'This activity is answered with files: it takes no text.',
    fr: 'On répond à cette activité par des fichiers : elle n’accepte pas de texte.',
    field: 'text',
  },
  ACTIVITY_TOO_MANY_FILES: {
    en: 'At most {max} files: remove one before adding another.',
    fr: '{max} fichiers au maximum : retirez-en un avant d’en ajouter un autre.',
    field: 'file',
  },
  ACTIVITY_FILE_TOO_LARGE: {
    en: '“{name}” is too large: {max} MB at most. Save it smaller and send it again.',
    fr: '« {name} » est trop volumineux : {max} Mo au maximum. Enregistrez-le plus petit et envoyez-le de nouveau.',
    field: 'file',
  },
  ACTIVITY_FILE_REFUSED: {
    en: '“{name}” is neither a picture nor a document that a trainer can open. Send a picture (PNG, JPEG, WebP, AVIF, GIF; save HEIC as JPEG) or a document (PDF, Word, Excel, PowerPoint, OpenDocument, EPUB, text).',
    fr: '« {name} » n’est ni une image ni un document qu’un formateur peut ouvrir. Envoyez une image (PNG, JPEG, WebP, AVIF, GIF ; enregistrez le HEIC en JPEG) ou un document (PDF, Word, Excel, PowerPoint, OpenDocument, EPUB, texte).',
    field: 'file',
  },
  ACTIVITY_ALREADY_DECIDED: {
    en: '{who} has decided this meanwhile: nothing of yours was saved. Reload the page to read it.',
    fr: '{who} a décidé entre-temps : rien de votre part n’a été enregistré. Rechargez la page pour lire sa décision.',
  },
  ACTIVITY_NOT_SUBMITTED: {
    en: 'This work has not been handed in.',
    fr: 'Ce travail n’a pas été rendu.',
  },
  ACTIVITY_LEARNER_LEFT: {
    en: 'The learner has left the course: there is nothing to decide any more.',
    fr: 'L’apprenant a quitté la formation : il n’y a plus rien à décider.',
  },
  ACTIVITY_SET_ASIDE: {
    en: 'This work is no longer asked for: the completion that was reversed holds again.',
    fr: 'Ce travail n’est plus demandé : l’achèvement qui avait été annulé est de nouveau valable.',
  },
  ACTIVITY_COMMENT_MISSING: {
    en: 'Say what is missing, so that the learner knows what to do.',
    fr: 'Dites ce qui manque, pour que l’apprenant sache quoi faire.',
    field: 'comment',
  },
});

type Wanted = ActivityContent['submission'];

/** The state of a submission, unless a reversed completion set it aside: then it is as if there were none. */
export const countingState = (
  submission: { state: SubmissionState; setAsideAt: Date | null } | null,
): SubmissionState | undefined => (submission?.setAsideAt === null ? submission.state : undefined);

/** Whether the learner may work on it now. A lesson that was accepted stays so. */
export function refusalToWorkOn(lesson: { kind: LessonKind }, state?: SubmissionState): Refusal | null {
  if (lesson.kind !== 'ACTIVITY') return activityRefusals.LESSON_IS_NOT_ACTIVITY;
  if (state === 'SUBMITTED') return activityRefusals.ACTIVITY_SUBMITTED;
  return state === 'ACCEPTED' ? activityRefusals.ACTIVITY_ACCEPTED : null;
}

/** Whether the activity takes a text like this. */
export const refusalOfText = (wanted: Wanted, text: string): Refusal | null =>
  wanted === 'FILE' && text !== '' ? activityRefusals.ACTIVITY_TAKES_NO_TEXT : null;

/** Whether the activity takes one more file. */
export function refusalOfFile(wanted: Wanted, count: number): Refusal | null {
  if (wanted === 'TEXT') return activityRefusals.ACTIVITY_TAKES_NO_FILES;
  return count >= MOST_FILES ? activityRefusals.ACTIVITY_TOO_MANY_FILES : null;
}

/** Whether what there is may be handed in. */
export function refusalToSubmit(wanted: Wanted, work: { text: string; fileCount: number }): Refusal | null {
  if (wanted === 'TEXT') return work.text === '' ? activityRefusals.ACTIVITY_TEXT_MISSING : null;
  if (wanted === 'FILE') return work.fileCount === 0 ? activityRefusals.ACTIVITY_FILE_MISSING : null;
  return work.text === '' && work.fileCount === 0 ? activityRefusals.ACTIVITY_EMPTY : null;
}
