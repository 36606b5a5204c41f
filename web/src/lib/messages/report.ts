import { messages, plural } from '$lib/i18n';

const enrollments = (n: number) => plural('en', n, { one: '# enrollment', other: '# enrollments' });
const inscriptions = (n: number) => plural('fr', n, { one: '# inscription', other: '# inscriptions' });
const completed = (n: number) => plural('en', n, { one: '# was completed', other: '# were completed' });
const terminees = (n: number) => plural('fr', n, { one: '# a été terminée', other: '# ont été terminées' });

/** The figures of a program, in the words of docs/definitions.md. */
export const report = messages({
  en: {
    none: 'Nobody has enrolled yet. The figures will be here with the first enrollment.',
    unit: 'All figures count enrollments: one person in one course. Somebody who takes two courses, or one course again, counts twice. Who left within 14 days of enrolling is not counted; who left later is.',
    rates: 'Do people finish?',
    ratesLead: (days: number) => `Completed within ${days} days of enrolling. Three ways to count it:`,
    nobodyYet: 'Nobody yet',
    ofAll: (n: string, of: string) => `${n} of ${of}`,
    figure: (n: string, of: string) => `${n} of ${of} enrollments`,
    picture: (share: string, n: string, of: string) => `${share}: ${n} of ${of}`,
    asOf: (when: string) => `As of ${when}`,
    matured: {
      title: 'Of those who have had their time',
      sentence: (n: number, of: number, days: number) =>
        `Of ${enrollments(of)} made at least ${days} days ago, ${completed(n)} within ${days} days.`,
      nobody: (days: number) => `No enrollment is ${days} days old yet.`,
      note: (recent: number) =>
        `Read this one first: everybody in it has had the same time, so two cohorts can be compared by it.${
          recent > 0
            ? ` Not in it yet: ${enrollments(recent)} made more recently.`
            : ' Nobody is too recent to be in it.'
        }`,
      outOf: (days: number) =>
        `Out of: the enrollments made at least ${days} days (of 24 hours) before these figures were counted.`,
    },
    enrolled: {
      title: 'Of everybody enrolled',
      sentence: (n: number, of: number, days: number) =>
        `Of ${enrollments(of)} in all, ${completed(n)} within ${days} days.`,
      nobody: () => 'Nobody is enrolled here.',
      note: (recent: number, days: number) =>
        recent > 0
          ? `It can still rise: ${plural('en', recent, { one: '# enrollment is', other: '# enrollments are' })} less than ${days} days old.`
          : 'Everybody has had their time: it is the same as the first.',
      outOf: () => 'Out of: every enrollment in a cohort of the program.',
    },
    started: {
      title: 'Of those who began',
      sentence: (n: number, of: number, days: number) =>
        `Of ${enrollments(of)} with a first lesson done, ${completed(n)} within ${days} days.`,
      nobody: () => 'Nobody has done a first lesson yet.',
      note: () => 'Those who never began are left out: it says whether the course keeps people.',
      outOf: () => 'Out of: the enrollments with at least one required lesson done.',
    },
    what: 'What does this count?',
    counted: (days: number) =>
      `Completed: the last missing thing was done at most ${days} times 24 hours after enrolling.`,
    leftOut:
      'Left out: enrollments without a cohort, test accounts, and people with a role (trainers, managers, administrators).',
    definition: 'Definition',
    funnel: 'How far do they get?',
    funnelLead: 'Choose a step to see the people behind it.',
    stages: {
      INVITED: 'Invited',
      ENROLLED: 'Enrolled',
      STARTED: 'First lesson done',
      QUARTER_DONE: 'A quarter done',
      HALF_DONE: 'Half done',
      THREE_QUARTERS_DONE: 'Three quarters done',
      COMPLETED: 'Course completed',
      BADGE: 'Badge issued',
    },
    answers: {
      enrolled: (n: number) => `${n} enrolled`,
      leftEarly: (n: number) => `${n} left within 14 days`,
      waiting: (n: number) =>
        plural('en', n, { one: '# has not answered yet', other: '# have not answered yet' }),
      declined: (n: number) => `${n} declined`,
      withdrawn: (n: number) =>
        plural('en', n, { one: '# invitation taken back', other: '# invitations taken back' }),
      expired: (n: number) => `${n} did not answer in time`,
    },
    cameInvited: (n: number) => plural('en', n, { one: '# had been invited', other: '# had been invited' }),
    cameAlone: (n: number) => `${n} came on their own`,
    nobodyInvited: 'Nobody was invited.',
    invitedRules:
      'Invited: each person once for an enrollment, however often they were written to, by a mail or a list of people. The days chosen above are those of the first invitation here, and those of the enrollment in the steps below. Who was invited and has not enrolled has no region yet: they are under “Not stated”.',
    loss: (n: number) => `Largest loss: ${enrollments(n)} reached the step before, and not this one (yet).`,
    funnelRules:
      'Counted without a time limit: whoever completed late is completed here, so this count can be higher than in the rates above. Only required lessons count, those of the version that each person follows.',
    asTable: 'The same as a table',
    stage: 'Step',
    number: 'Number',
    count: 'Enrollments',
    share: 'Of all enrolled',
    lost: 'Fewer than the step before',
    groups: 'By course and region',
    groupsCaption: 'The three rates, by course and region; the most enrollments first',
    groupsLead: 'Choose a region to see its figures alone.',
    together: 'All together',
    region: 'Region',
    course: 'Course',
    notStated: 'Not stated',
  },
  fr: {
    none: 'Personne ne s’est encore inscrit. Les chiffres seront ici dès la première inscription.',
    unit: 'Tous les chiffres comptent des inscriptions : une personne dans une formation. Qui en suit deux, ou la même à nouveau, compte deux fois. Qui est parti dans les 14 jours suivant l’inscription n’est pas compté ; qui est parti plus tard l’est.',
    rates: 'Va-t-on jusqu’au bout ?',
    ratesLead: (days: number) =>
      `Formation terminée dans les ${days} jours après l’inscription. Trois façons de compter :`,
    nobodyYet: 'Personne encore',
    ofAll: (n: string, of: string) => `${n} sur ${of}`,
    figure: (n: string, of: string) => `${n} inscriptions sur ${of}`,
    picture: (share: string, n: string, of: string) => `${share} : ${n} sur ${of}`,
    asOf: (when: string) => `État au ${when}`,
    matured: {
      title: 'Une fois le délai passé',
      sentence: (n: number, of: number, days: number) =>
        `Sur ${inscriptions(of)} d’il y a au moins ${days} jours, ${terminees(n)} en ${days} jours au plus.`,
      nobody: (days: number) => `Aucune inscription n’a encore ${days} jours.`,
      note: (recent: number) =>
        `À lire en premier : chacun y a eu le même temps, on peut donc comparer deux promotions.${
          recent > 0
            ? ` N’y sont pas encore : ${inscriptions(recent)} plus ${recent === 1 ? 'récente' : 'récentes'}.`
            : ' Aucune inscription n’est trop récente pour y être.'
        }`,
      outOf: (days: number) =>
        `Sur : les inscriptions faites au moins ${days} jours (de 24 heures) avant le calcul de ces chiffres.`,
    },
    enrolled: {
      title: 'Sur toutes les inscriptions',
      sentence: (n: number, of: number, days: number) =>
        `Sur ${inscriptions(of)} en tout, ${terminees(n)} en ${days} jours au plus.`,
      nobody: () => 'Aucune inscription ici.',
      note: (recent: number, days: number) =>
        recent > 0
          ? `Ce taux peut encore monter : ${plural('fr', recent, { one: '# inscription a', other: '# inscriptions ont' })} moins de ${days} jours.`
          : 'Chacun a eu son temps : c’est le même taux que le premier.',
      outOf: () => 'Sur : toutes les inscriptions dans une promotion du programme.',
    },
    started: {
      title: 'Sur les formations commencées',
      sentence: (n: number, of: number, days: number) =>
        `Sur ${inscriptions(of)} avec une première leçon terminée, ${terminees(n)} en ${days} jours au plus.`,
      nobody: () => 'Personne n’a encore terminé une première leçon.',
      note: () =>
        'Qui n’a jamais commencé n’y est pas : ce taux dit si la formation donne envie de continuer.',
      outOf: () => 'Sur : les inscriptions avec au moins une leçon obligatoire terminée.',
    },
    what: 'Que compte-t-on ?',
    counted: (days: number) =>
      `Terminée : ce qui manquait en dernier a été fait au plus ${days} fois 24 heures après l’inscription.`,
    leftOut:
      'Laissés de côté : les inscriptions sans promotion, les comptes de test et les personnes qui ont un rôle (formateurs, responsables, administrateurs).',
    definition: 'Définition',
    funnel: 'Jusqu’où va-t-on ?',
    funnelLead: 'Choisissez une étape pour voir les personnes derrière le chiffre.',
    stages: {
      INVITED: 'Invitation',
      ENROLLED: 'Inscription',
      STARTED: 'Première leçon terminée',
      QUARTER_DONE: 'Un quart terminé',
      HALF_DONE: 'La moitié terminée',
      THREE_QUARTERS_DONE: 'Les trois quarts terminés',
      COMPLETED: 'Formation terminée',
      BADGE: 'Badge délivré',
    },
    answers: {
      enrolled: (n: number) => plural('fr', n, { one: '# s’est inscrite', other: '# se sont inscrites' }),
      leftEarly: (n: number) =>
        plural('fr', n, {
          one: '# est repartie dans les 14 jours',
          other: '# sont reparties dans les 14 jours',
        }),
      waiting: (n: number) =>
        plural('fr', n, { one: '# n’a pas encore répondu', other: '# n’ont pas encore répondu' }),
      declined: (n: number) => plural('fr', n, { one: '# a décliné', other: '# ont décliné' }),
      withdrawn: (n: number) =>
        plural('fr', n, { one: '# invitation retirée', other: '# invitations retirées' }),
      expired: (n: number) =>
        plural('fr', n, { one: '# n’a pas répondu à temps', other: '# n’ont pas répondu à temps' }),
    },
    cameInvited: (n: number) =>
      plural('fr', n, { one: '# avait été invitée', other: '# avaient été invitées' }),
    cameAlone: (n: number) =>
      plural('fr', n, { one: '# est venue d’elle-même', other: '# sont venues d’elles-mêmes' }),
    nobodyInvited: 'Personne n’a été invité.',
    invitedRules:
      'Invitation : chaque personne compte une fois par inscription, quel que soit le nombre d’e-mails ou de listes. Les jours choisis plus haut sont ici ceux de la première invitation, et ceux de l’inscription aux étapes suivantes. Une personne invitée qui n’est pas inscrite n’a pas encore de région : elle est sous « Non précisée ».',
    loss: (n: number) =>
      `La plus grande perte : ${plural('fr', n, { one: '# inscription a atteint', other: '# inscriptions ont atteint' })} l’étape d’avant, et pas (encore) celle-ci.`,
    funnelRules:
      'Compté sans limite de temps : une formation terminée en retard est terminée ici, ce nombre peut donc dépasser celui des taux ci-dessus. Seules comptent les leçons obligatoires, celles de la version que suit chaque personne.',
    asTable: 'Les mêmes chiffres en tableau',
    stage: 'Étape',
    number: 'Nombre',
    count: 'Inscriptions',
    share: 'Part des inscriptions',
    lost: 'De moins qu’à l’étape d’avant',
    groups: 'Par formation et par région',
    groupsCaption: 'Les trois taux par formation et par région, du plus au moins d’inscriptions',
    groupsLead: 'Choisissez une région pour ne voir que ses chiffres.',
    together: 'Ensemble',
    region: 'Région',
    course: 'Formation',
    notStated: 'Non précisée',
  },
});
