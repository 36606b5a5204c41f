import { messages, plural } from '$lib/i18n';

/** What completing a course takes, and what changing it does. */
export const criteria = messages({
  en: {
    link: 'Completion',
    title: (course: string) => `What completing takes: ${course}`,
    lead: 'Whoever meets all of it has completed the course and gets the badge.',
    lessons: 'Every required lesson is done.',
    quizzes: 'Every required quiz is passed.',
    minimum: (percent: string) => `At least ${percent} on average over the required quizzes.`,
    noMinimum: 'No overall minimum is asked for.',
    inForce: (version: number) => `Version ${version}, in force now`,
    since: (when: string) => `since ${when}`,
    change: 'Change the overall minimum',
    field: 'Overall minimum, in percent',
    fieldHint:
      'The average of the quizzes’ grades, each quiz weighing the same. 1 to 100; empty for none. Nothing is changed yet.',
    outOfRange: 'Write a whole number from 1 to 100, or leave it empty for none.',
    look: 'See what would change',
    preview: 'What would change',
    previewOf: (percent: string) => `With a minimum of ${percent}:`,
    previewOfNone: 'Without an overall minimum:',
    unchanged: 'This is what the course asks already: there is nothing to change.',
    noQuiz: 'The published version has no required quiz: a minimum asks nothing of those who take it.',
    completing: (n: number) =>
      plural('en', n, {
        one: '# learner in progress would be completed, with a badge',
        other: '# learners in progress would be completed, with a badge',
      }),
    oneMore: (n: number) =>
      plural('en', n, {
        one: '# learner in progress would have one thing more to do: raise the overall grade',
        other: '# learners in progress would have one thing more to do: raise the overall grade',
      }),
    oneLess: (n: number) =>
      plural('en', n, {
        one: '# learner in progress would have one thing less to do',
        other: '# learners in progress would have one thing less to do',
      }),
    completed: (n: number) =>
      plural('en', n, {
        one: '# person who completed the course stays completed: nothing changes',
        other: '# people who completed the course stay completed: nothing changes',
      }),
    ofAll: (lookedAt: string, all: string) =>
      `The first ${lookedAt} of ${all} learners in progress were looked at. When it is applied, all of them are.`,
    all: (n: number) =>
      plural('en', n, { one: 'Of # learner in progress.', other: 'Of # learners in progress.' }),
    reason: 'Why',
    reasonHint: 'Those who edit the course read it.',
    apply: 'Apply',
    running: 'Learners in progress are judged anew',
    progress: (done: string, of: string) => `${done} of ${of} learners judged`,
    goesOn: 'It goes on when you close this page.',
    judged: (done: number, completed: number) =>
      done === 0
        ? 'Nobody was in progress'
        : `${plural('en', done, { one: '# learner', other: '# learners' })} judged anew, ${plural('en', completed, { one: '# completed by it', other: '# completed by it' })}`,
    history: 'Every version',
    version: (n: number) => `Version ${n}`,
    first: 'What every course begins with.',
    by: (who: string | null, when: string) => `${who ?? 'A trainer'}, ${when}`,
  },
  fr: {
    link: 'Achèvement',
    title: (course: string) => `Ce qu’il faut pour terminer : ${course}`,
    lead: 'Qui remplit toutes ces conditions a terminé la formation et reçoit le badge.',
    lessons: 'Chaque leçon obligatoire est suivie.',
    quizzes: 'Chaque quiz obligatoire est réussi.',
    minimum: (percent: string) => `Au moins ${percent} en moyenne sur les quiz obligatoires.`,
    noMinimum: 'Aucun minimum global n’est demandé.',
    inForce: (version: number) => `Version ${version}, en vigueur`,
    since: (when: string) => `depuis le ${when}`,
    change: 'Changer le minimum global',
    field: 'Minimum global, en pour cent',
    fieldHint:
      'La moyenne des notes des quiz, chaque quiz pesant autant. De 1 à 100 ; vide pour aucun. Rien n’est encore changé.',
    outOfRange: 'Écrivez un nombre entier de 1 à 100, ou laissez vide pour n’en demander aucun.',
    look: 'Voir ce qui changerait',
    preview: 'Ce qui changerait',
    previewOf: (percent: string) => `Avec un minimum de ${percent} :`,
    previewOfNone: 'Sans minimum global :',
    unchanged: 'C’est déjà ce que la formation demande : il n’y a rien à changer.',
    noQuiz:
      'La version publiée n’a pas de quiz obligatoire : un minimum ne demande rien à ceux qui la suivent.',
    completing: (n: number) =>
      plural('fr', n, {
        one: '# personne en cours aurait terminé, avec un badge',
        other: '# personnes en cours auraient terminé, avec un badge',
      }),
    oneMore: (n: number) =>
      plural('fr', n, {
        one: '# personne en cours aurait une chose de plus à faire : relever sa note globale',
        other: '# personnes en cours auraient une chose de plus à faire : relever leur note globale',
      }),
    oneLess: (n: number) =>
      plural('fr', n, {
        one: '# personne en cours aurait une chose de moins à faire',
        other: '# personnes en cours auraient une chose de moins à faire',
      }),
    completed: (n: number) =>
      plural('fr', n, {
        one: '# personne a terminé la formation et le reste : rien ne change',
        other: '# personnes ont terminé la formation et le restent : rien ne change',
      }),
    ofAll: (lookedAt: string, all: string) =>
      `Les ${lookedAt} premières personnes en cours sur ${all} ont été examinées. À l’application, toutes le sont.`,
    all: (n: number) =>
      plural('fr', n, { one: 'Sur # personne en cours.', other: 'Sur # personnes en cours.' }),
    reason: 'Pourquoi',
    reasonHint: 'Ceux qui modifient la formation le lisent.',
    apply: 'Appliquer',
    running: 'Les personnes en cours sont réévaluées',
    progress: (done: string, of: string) => `${done} personnes réévaluées sur ${of}`,
    goesOn: 'Cela continue si vous fermez cette page.',
    judged: (done: number, completed: number) =>
      done === 0
        ? 'Personne n’était en cours'
        : `${plural('fr', done, { one: '# personne réévaluée', other: '# personnes réévaluées' })}, ${plural('fr', completed, { one: '# a ainsi terminé', other: '# ont ainsi terminé' })}`,
    history: 'Toutes les versions',
    version: (n: number) => `Version ${n}`,
    first: 'Ce que toute formation demande au départ.',
    by: (who: string | null, when: string) => `${who ?? 'Un formateur'}, le ${when}`,
  },
});
