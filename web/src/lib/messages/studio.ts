import { messages, plural } from '$lib/i18n';

/** The studio: a trainer's courses, their versions, and publishing. */
export const studio = messages({
  en: {
    title: 'Studio',
    lead: 'The courses that you write. Learners see a change only once you publish it.',
    none: 'The courses that you write will be here.',
    noneText: 'Make one below, or import what you already have.',
    version: (n: number) => `Version ${n}`,
    published: (date: string) => `published on ${date}`,
    neverPublished: 'Not published yet',
    draft: 'Draft',
    isPublished: 'Published',
    current: 'For new learners',
    draftChanges: (n: number) =>
      n === 0
        ? 'Draft with the same lessons'
        : plural('en', n, { one: 'Draft with # change', other: 'Draft with # changes' }),
    draftOf: (n: number) => `Draft of version ${n}`,
    noDraft: 'No draft',
    inProgress: (n: number) =>
      n === 0
        ? 'Nobody learning now'
        : plural('en', n, { one: '# person learning', other: '# people learning' }),
    completed: (n: number) => (n === 0 ? 'nobody finished yet' : plural('en', n, { other: '# finished' })),
    open: 'Open',

    versions: 'Versions',
    outlineOfDraft: 'What is in the draft',
    outlineOfVersion: 'What is in it',
    startDraft: 'Start a draft',
    startDraftText:
      'To change the course, start a draft: a copy of the published version. Nobody sees it until you publish it.',
    goOnWithDraft: 'You are writing version',
    toPublish: 'See what it changes, and publish',
    seeAsLearner: 'See it as a learner',
    fingerprint: 'Fingerprint',
    fingerprintHint: 'Two versions with the same fingerprint are the same, letter by letter.',
    inLanguages: (list: string) => `Languages: ${list}`,
    module: (n: number) => `Module ${n}`,
    reading: 'reading',
    quiz: 'quiz',
    questions: (n: number) => plural('en', n, { one: '# question', other: '# questions' }),
    optional: 'optional',
    preview: 'Preview',
    previewOf: (title: string) => `Preview of “${title}”`,
    change: { ADDED: 'new', CHANGED: 'changed', MOVED: 'moved', REMOVED: 'removed' } as Record<
      string,
      string
    >,

    publishTitle: (course: string, n: number) => `Publish version ${n} of “${course}”`,
    publishLead: 'Look once more: a published version never changes. The next change is the next version.',
    whatChanges: 'What it changes',
    forWhom: 'For whom',
    lists: {
      ADDED: 'New lessons',
      CHANGED: 'Changed lessons',
      MOVED: 'Moved lessons',
      REMOVED: 'Removed lessons',
    } as Record<string, string>,
    sameLessons: 'The lessons are the same. Perhaps the title or the description differs.',
    firstVersion: (n: number) =>
      `This is the first version: ${plural('en', n, { one: '# lesson', other: '# lessons' })}.`,
    time: 'Time to learn it',
    timeChange: (before: string, after: string) => `${before} before, ${after} now`,
    timeSame: (after: string) => `${after}, as before`,
    timeFirst: (after: string) => `${after} for the required lessons`,
    newLearners: 'New learners',
    newLearnersText: 'get this version from the moment you publish it.',
    stay: (n: number) => plural('en', n, { one: '# person is learning', other: '# people are learning' }),
    nobodyLearning: 'Nobody is in the middle of an earlier version.',
    done: (n: number) => plural('en', n, { one: '# person has finished', other: '# people have finished' }),
    doneText: 'They stay finished, and their badges stay valid.',
    publish: (n: number) => `Publish version ${n}`,
    notYet: 'Not yet, back to the draft',
    nothingToPublish: 'There is no draft to publish.',

    receiptTitle: (n: number) => `Version ${n} is published`,
    receiptText: 'New learners get it from now on.',
    publishedAt: 'Published',
    seePublished: 'See it as a visitor does',
    back: 'All my courses',
    backToCourse: 'Back to the course',
  },
  fr: {
    title: 'Atelier',
    lead: 'Les formations que vous écrivez. Un changement n’est visible qu’une fois publié.',
    none: 'Les formations que vous écrivez seront ici.',
    noneText: 'Créez-en une ci-dessous, ou importez ce que vous avez déjà.',
    version: (n: number) => `Version ${n}`,
    published: (date: string) => `publiée le ${date}`,
    neverPublished: 'Pas encore publiée',
    draft: 'Brouillon',
    isPublished: 'Publiée',
    current: 'Pour les nouveaux inscrits',
    draftChanges: (n: number) =>
      n === 0
        ? 'Brouillon aux leçons identiques'
        : plural('fr', n, { one: 'Brouillon avec # changement', other: 'Brouillon avec # changements' }),
    draftOf: (n: number) => `Brouillon de la version ${n}`,
    noDraft: 'Pas de brouillon',
    inProgress: (n: number) =>
      n === 0
        ? 'Aucune personne en cours'
        : plural('fr', n, { one: '# personne en cours', other: '# personnes en cours' }),
    completed: (n: number) =>
      n === 0
        ? 'aucune ne l’a terminée'
        : plural('fr', n, { one: '# l’a terminée', other: '# l’ont terminée' }),
    open: 'Ouvrir',

    versions: 'Versions',
    outlineOfDraft: 'Le contenu du brouillon',
    outlineOfVersion: 'Le contenu',
    startDraft: 'Commencer un brouillon',
    startDraftText:
      'Pour modifier la formation, commencez un brouillon : une copie de la version publiée. Personne ne le voit avant que vous le publiiez.',
    goOnWithDraft: 'Vous écrivez la version',
    toPublish: 'Voir ce qu’il change, et publier',
    seeAsLearner: 'Voir comme un apprenant',
    fingerprint: 'Empreinte',
    fingerprintHint: 'Deux versions de même empreinte sont identiques, à la lettre près.',
    inLanguages: (list: string) => `Langues : ${list}`,
    module: (n: number) => `Module ${n}`,
    reading: 'lecture',
    quiz: 'quiz',
    questions: (n: number) => plural('fr', n, { one: '# question', other: '# questions' }),
    optional: 'facultative',
    preview: 'Aperçu',
    previewOf: (title: string) => `Aperçu de « ${title} »`,
    change: { ADDED: 'nouvelle', CHANGED: 'modifiée', MOVED: 'déplacée', REMOVED: 'retirée' } as Record<
      string,
      string
    >,

    publishTitle: (course: string, n: number) => `Publier la version ${n} de « ${course} »`,
    publishLead:
      'Regardez encore une fois : une version publiée ne change plus jamais. Le changement suivant sera la version suivante.',
    whatChanges: 'Ce que cela change',
    forWhom: 'Pour qui',
    lists: {
      ADDED: 'Nouvelles leçons',
      CHANGED: 'Leçons modifiées',
      MOVED: 'Leçons déplacées',
      REMOVED: 'Leçons retirées',
    } as Record<string, string>,
    sameLessons: 'Les leçons sont les mêmes. Le titre ou la description diffère peut-être.',
    firstVersion: (n: number) =>
      `C’est la première version : ${plural('fr', n, { one: '# leçon', other: '# leçons' })}.`,
    time: 'Temps pour apprendre',
    timeChange: (before: string, after: string) => `${before} avant, ${after} maintenant`,
    timeSame: (after: string) => `${after}, comme avant`,
    timeFirst: (after: string) => `${after} pour les leçons obligatoires`,
    newLearners: 'Les nouveaux inscrits',
    newLearnersText: 'reçoivent cette version dès que vous la publiez.',
    stay: (n: number) =>
      plural('fr', n, { one: '# personne est en cours', other: '# personnes sont en cours' }),
    nobodyLearning: 'Personne n’est en cours sur une version précédente.',
    done: (n: number) => plural('fr', n, { one: '# personne a terminé', other: '# personnes ont terminé' }),
    doneText: 'Leur formation reste terminée, et leurs badges valables.',
    publish: (n: number) => `Publier la version ${n}`,
    notYet: 'Pas encore, retour au brouillon',
    nothingToPublish: 'Il n’y a pas de brouillon à publier.',

    receiptTitle: (n: number) => `La version ${n} est publiée`,
    receiptText: 'Les nouveaux inscrits la reçoivent dès maintenant.',
    publishedAt: 'Publiée',
    seePublished: 'La voir comme un visiteur',
    back: 'Toutes mes formations',
    backToCourse: 'Retour à la formation',
  },
});
