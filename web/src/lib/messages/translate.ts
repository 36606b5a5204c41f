import { messages } from '$lib/i18n';

/** A course beside its translation. */
export const translate = messages({
  en: {
    title: (language: string) => `Translation: ${language}`,
    back: 'Back to the course',
    progress: (done: number, of: number) => `${done} of ${of} texts there and up to date`,
    others: 'Other languages',
    published: 'This version is published. Make a draft of the course to translate more of it.',
    lessons: 'Lessons',
    texts: 'Titles and summaries',
    course: 'Course',
    field: { TITLE: 'title', SUMMARY: 'summary' } as Record<string, string>,
    state: { COMPLETE: 'Up to date', OUT_OF_DATE: 'Out of date', MISSING: 'Missing' } as Record<
      string,
      string
    >,
    textOf: (field: string, language: string) => `${field} in ${language}`,
    save: 'Save titles and summaries',
    saved: 'Saved.',
  },
  fr: {
    title: (language: string) => `Traduction : ${language}`,
    back: 'Retour à la formation',
    progress: (done: number, of: number) => `${done} textes sur ${of} présents et à jour`,
    others: 'Autres langues',
    published: 'Cette version est publiée. Créez un brouillon de la formation pour continuer à traduire.',
    lessons: 'Leçons',
    texts: 'Titres et résumés',
    course: 'Formation',
    field: { TITLE: 'titre', SUMMARY: 'résumé' } as Record<string, string>,
    state: { COMPLETE: 'À jour', OUT_OF_DATE: 'À revoir', MISSING: 'Manque' } as Record<string, string>,
    textOf: (field: string, language: string) => `${field} en ${language}`,
    save: 'Enregistrer titres et résumés',
    saved: 'Enregistré.',
  },
});
