import { messages, plural } from '$lib/i18n';

/** Looking after people and background work. */
export const admin = messages({
  en: {
    title: 'Administration',
    people: 'People',
    peopleText: 'Who has an account, and what they may do here.',
    deliveries: 'Background work',
    deliveriesText: 'What failed too often and waits for somebody to look at it.',
    parked: (n: number, more: boolean) =>
      more ? `More than ${n} wait` : plural('en', n, { one: '# waits for you', other: '# wait for you' }),
    nothingParkedShort: 'Nothing waits',
    back: 'Administration',

    search: 'Search by name or email address',
    searchButton: 'Search',
    all: 'Show everybody',
    found: 'People found',
    nobody: (search: string) => `Nobody’s name or address matches “${search}”.`,
    noName: 'No name yet',
    since: (date: string) => `here since ${date}`,
    you: 'you',
    learner: 'Learner',
    role: { TRAINER: 'Trainer', MANAGER: 'Program manager', ADMIN: 'Administrator' } as Record<
      string,
      string
    >,
    roleText: {
      TRAINER: 'writes courses',
      MANAGER: 'runs programs and their grant calls, sees their learners',
      ADMIN: 'gives roles to people, sees every account, restarts background work',
    } as Record<string, string>,
    courses: (n: number) => plural('en', n, { one: '# course', other: '# courses' }),
    courseState: {
      ACTIVE: 'in progress',
      COMPLETED: 'completed',
      WITHDRAWN: 'left',
      EXPIRED: 'time over',
    } as Record<string, string>,
    roles: 'Roles',
    change: 'Change the roles',
    changeOf: (who: string) => `Change the roles of ${who}`,
    save: 'Save the roles',
    saved: (who: string) => `The roles of ${who} are saved.`,
    takeAdmin: (who: string) =>
      `${who} will no longer be an administrator: they will not see accounts any more, nor give roles. Another administrator can give it back.`,
    confirmTake: 'Yes, take it away',
    keep: 'No, change nothing',
    add: 'Add somebody',
    addText: 'They need no invitation: they sign in with this address, and their roles are there.',
    email: 'Email address',
    addButton: 'Add with these roles',
    next: 'Next page',
    first: 'First page',

    nothingParked: 'Nothing is parked: all background work went through.',
    nothingParkedText:
      'Mails, badges and reminders that fail are tried again by themselves. What keeps failing comes here.',
    attempts: (n: number) => plural('en', n, { one: 'tried once', other: 'tried # times' }),
    happened: (when: string) => `happened on ${when}`,
    what: 'What happened',
    error: 'Last error',
    noError: 'No error was noted.',
    retry: 'Try again',
    retried: (handler: string) =>
      `“${handler}” is being tried again. If it fails once more, it will come back here.`,
  },
  fr: {
    title: 'Administration',
    people: 'Personnes',
    peopleText: 'Qui a un compte, et ce que chacun peut faire ici.',
    deliveries: 'Travail en arrière-plan',
    deliveriesText: 'Ce qui a échoué trop souvent et attend qu’on y regarde.',
    parked: (n: number, more: boolean) =>
      more ? `Plus de ${n} en attente` : plural('fr', n, { one: '# vous attend', other: '# vous attendent' }),
    nothingParkedShort: 'Rien en attente',
    back: 'Administration',

    search: 'Chercher par nom ou adresse e-mail',
    searchButton: 'Chercher',
    all: 'Afficher tout le monde',
    found: 'Personnes trouvées',
    nobody: (search: string) => `Aucun nom ni aucune adresse ne correspond à « ${search} ».`,
    noName: 'Pas encore de nom',
    since: (date: string) => `ici depuis le ${date}`,
    you: 'vous',
    learner: 'Apprend',
    role: {
      TRAINER: 'Formation',
      MANAGER: 'Gestion de programme',
      ADMIN: 'Administration',
    } as Record<string, string>,
    roleText: {
      TRAINER: 'écrit des formations',
      MANAGER: 'gère des programmes et leurs appels à candidatures, voit leurs inscrits',
      ADMIN: 'donne les rôles, voit tous les comptes, relance le travail en arrière-plan',
    } as Record<string, string>,
    courses: (n: number) => plural('fr', n, { one: '# formation', other: '# formations' }),
    courseState: {
      ACTIVE: 'en cours',
      COMPLETED: 'terminée',
      WITHDRAWN: 'abandonnée',
      EXPIRED: 'délai passé',
    } as Record<string, string>,
    roles: 'Rôles',
    change: 'Modifier les rôles',
    changeOf: (who: string) => `Modifier les rôles de ${who}`,
    save: 'Enregistrer les rôles',
    saved: (who: string) => `Les rôles de ${who} sont enregistrés.`,
    takeAdmin: (who: string) =>
      `${who} n’aura plus le rôle d’administration : plus d’accès aux comptes, ni le droit de donner des rôles. Une autre personne de l’administration pourra le rendre.`,
    confirmTake: 'Oui, retirer ce rôle',
    keep: 'Non, ne rien changer',
    add: 'Ajouter quelqu’un',
    addText: 'Pas besoin d’invitation : la personne se connecte avec cette adresse, et ses rôles sont là.',
    email: 'Adresse e-mail',
    addButton: 'Ajouter avec ces rôles',
    next: 'Page suivante',
    first: 'Première page',

    nothingParked: 'Rien n’est en attente : tout le travail en arrière-plan est passé.',
    nothingParkedText:
      'Les e-mails, badges et rappels qui échouent sont retentés d’eux-mêmes. Ce qui échoue encore arrive ici.',
    attempts: (n: number) => plural('fr', n, { one: 'tenté # fois', other: 'tenté # fois' }),
    happened: (when: string) => `survenu le ${when}`,
    what: 'Ce qui est arrivé',
    error: 'Dernière erreur',
    noError: 'Aucune erreur n’a été notée.',
    retry: 'Réessayer',
    retried: (handler: string) =>
      `« ${handler} » est retenté en ce moment. En cas de nouvel échec, cela reviendra ici.`,
  },
});
