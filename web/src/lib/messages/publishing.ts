import { messages, plural } from '$lib/i18n';

type Policies = Record<string, { name: string; text: string }>;

/** The checklist before publishing, what happens to learners, and the receipt. */
export const publishing = messages({
  en: {
    checklist: 'Is it ready?',
    ready: 'All is well: it can be published.',
    toMend: (n: number) => plural('en', n, { one: '# thing to mend first', other: '# things to mend first' }),
    well: (n: number) => plural('en', n, { one: '# point is well', other: '# points are well' }),
    more: (n: number) =>
      plural('en', n, { one: 'and # more of the same kind', other: 'and # more of the same kind' }),
    mend: 'Mend it',
    done: 'well',
    wrong: 'to mend',
    policy: 'What happens to those who have begun',
    policies: {
      NEW_LEARNERS_ONLY: {
        name: 'New learners only',
        text: 'Who has begun finishes the version they began. Nothing changes for them.',
      },
      MOVE_IN_PROGRESS: {
        name: 'Move learners in progress',
        text: 'They go on in this version. What they did in lessons that are still there counts.',
      },
      MOVE_AND_ASK_COMPLETED: {
        name: 'Move them, and ask those who finished for what is new',
        text: 'As above; in addition, who has finished is invited to do the new lessons. They stay finished and keep their badge.',
      },
    } as Policies,
    staying: (n: number) =>
      plural('en', n, { one: '# person stays where they are', other: '# people stay where they are' }),
    moving: (n: number) =>
      plural('en', n, { one: '# person in progress moves', other: '# people in progress move' }),
    asked: (n: number) =>
      plural('en', n, { one: '# person who finished is asked', other: '# people who finished are asked' }),
    extra: (lessons: number, time: string) =>
      lessons === 0
        ? 'no required lesson more for them'
        : `${plural('en', lessons, { one: '# required lesson more', other: '# required lessons more' })} for them, ${time}`,
    sure: (n: number) => `Publish version ${n}? It can never be changed afterwards.`,
    onlyAuthors: 'An author of the course publishes it. Tell them when it is ready.',
    receipt: 'Receipt',
    by: 'By',
    someone: 'a trainer without a name',
    policyChosen: 'For those who had begun',
    contains: 'What is in it',
    counts: (modules: number, lessons: number, questions: number) =>
      [
        plural('en', modules, { one: '# module', other: '# modules' }),
        plural('en', lessons, { one: '# lesson', other: '# lessons' }),
        plural('en', questions, { one: '# question', other: '# questions' }),
      ].join(', '),
    print: 'Print the receipt',
  },
  fr: {
    checklist: 'Est-elle prête ?',
    ready: 'Tout va bien : elle peut être publiée.',
    toMend: (n: number) =>
      plural('fr', n, { one: '# point à corriger d’abord', other: '# points à corriger d’abord' }),
    well: (n: number) => plural('fr', n, { one: '# point est bon', other: '# points sont bons' }),
    more: (n: number) =>
      plural('fr', n, { one: 'et # autre du même genre', other: 'et # autres du même genre' }),
    mend: 'Corriger',
    done: 'bon',
    wrong: 'à corriger',
    policy: 'Pour les personnes qui ont déjà commencé',
    policies: {
      NEW_LEARNERS_ONLY: {
        name: 'Nouveaux inscrits seulement',
        text: 'Ceux qui ont commencé finissent leur version. Rien ne change pour eux.',
      },
      MOVE_IN_PROGRESS: {
        name: 'Faire passer les personnes en cours',
        text: 'Elles continuent dans cette version. Ce qu’elles ont fait dans les leçons toujours présentes compte.',
      },
      MOVE_AND_ASK_COMPLETED: {
        name: 'Les faire passer, et proposer le nouveau à celles qui ont terminé',
        text: 'Comme ci-dessus ; de plus, les personnes qui ont terminé sont invitées à suivre les nouvelles leçons. Leur formation reste terminée et leur badge valable.',
      },
    } as Policies,
    staying: (n: number) =>
      plural('fr', n, { one: '# personne reste où elle est', other: '# personnes restent où elles sont' }),
    moving: (n: number) =>
      plural('fr', n, { one: '# personne en cours passe', other: '# personnes en cours passent' }),
    asked: (n: number) =>
      plural('fr', n, {
        one: '# personne qui a terminé est invitée',
        other: '# personnes qui ont terminé sont invitées',
      }),
    extra: (lessons: number, time: string) =>
      lessons === 0
        ? 'aucune leçon obligatoire en plus pour elles'
        : `${plural('fr', lessons, { one: '# leçon obligatoire en plus', other: '# leçons obligatoires en plus' })} pour elles, ${time}`,
    sure: (n: number) => `Publier la version ${n} ? Elle ne pourra plus jamais être modifiée.`,
    onlyAuthors: 'C’est un auteur de la formation qui la publie. Dites-le-lui quand elle est prête.',
    receipt: 'Reçu',
    by: 'Par',
    someone: 'une personne sans nom',
    policyChosen: 'Pour qui avait déjà commencé',
    contains: 'Contenu',
    counts: (modules: number, lessons: number, questions: number) =>
      [
        plural('fr', modules, { one: '# module', other: '# modules' }),
        plural('fr', lessons, { one: '# leçon', other: '# leçons' }),
        plural('fr', questions, { one: '# question', other: '# questions' }),
      ].join(', '),
    print: 'Imprimer le reçu',
  },
});
