import { messages } from '$lib/i18n';

/** A lesson as a learner sees it, shown to its trainer. */
export const preview = messages({
  en: {
    title: (lesson: string) => `Preview: ${lesson}`,
    lead: (version: number, isDraft: boolean) =>
      isDraft
        ? `As a learner will see version ${version}. It is a draft: only you see it.`
        : `As a learner sees version ${version}.`,
    screen: 'A learner’s screen',
    phone: 'On a phone',
    desktop: 'On a computer',
    lessonOf: (n: number, of: number) => `Lesson ${n} of ${of}`,
    edit: 'Edit this lesson',
    previous: 'Previous lesson',
    next: 'Next lesson',
    all: 'All lessons',
    toPass: (percent: string) => `${percent} needed to pass`,
    several: 'Several answers are right.',
    answer: 'The answer, for you only',
    right: 'Right',
    wrong: 'Wrong',
    noText: 'This lesson has no text yet.',
    language: 'Switch the language at the top of the page to see the other one.',
  },
  fr: {
    title: (lesson: string) => `Aperçu : ${lesson}`,
    lead: (version: number, isDraft: boolean) =>
      isDraft
        ? `Ce que verra un apprenant de la version ${version}. C’est un brouillon : vous seul le voyez.`
        : `Ce que voit un apprenant de la version ${version}.`,
    screen: 'L’écran d’un apprenant',
    phone: 'Sur un téléphone',
    desktop: 'Sur un ordinateur',
    lessonOf: (n: number, of: number) => `Leçon ${n} sur ${of}`,
    edit: 'Modifier cette leçon',
    previous: 'Leçon précédente',
    next: 'Leçon suivante',
    all: 'Toutes les leçons',
    toPass: (percent: string) => `${percent} nécessaires pour réussir`,
    several: 'Plusieurs réponses sont justes.',
    answer: 'La réponse, pour vous seul',
    right: 'Juste',
    wrong: 'Faux',
    noText: 'Cette leçon n’a pas encore de texte.',
    language: 'Changez la langue en haut de la page pour voir l’autre.',
  },
});
