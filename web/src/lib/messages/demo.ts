import { messages } from '$lib/i18n';

/** The mailbox and the clock of the demonstration. */
export const demo = messages({
  en: {
    mailbox: 'Mailbox',
    mailboxText: 'Nothing leaves this machine: mail is kept here instead of being sent. The newest is first.',
    to: 'Only mail to this address',
    show: 'Show',
    all: 'All mail',
    noMail: 'No mail yet. Sign-in codes, badges and reminders will arrive here.',
    noMailTo: (address: string) => `No mail to ${address} yet.`,
    recipient: (address: string) => `to ${address}`,
    newest: (n: number) => `The newest ${n} are shown.`,

    clock: 'Clock',
    clockText:
      'The product believes this clock. Move it to see in a minute what takes days. It only goes forward, for everybody.',
    now: 'It is now',
    by: 'Move it forward by',
    hour: 'an hour',
    day: 'a day',
    week: 'a week',
    other: 'Another number of days',
    move: 'Move the clock',
    confirm: 'The clock never goes back. Move it forward?',
    moved: (when: string) => `The clock was moved. It is now ${when}.`,
    refused: 'Write a number of days from 0 to 3650.',
    triggers: 'What this sets off',
    triggerList: [
      'Whoever has learned nothing for 3 days gets a reminder by mail, at a decent hour. One that is 4 days late is not sent any more: to see them all, move day by day.',
      'Sign-in codes end after 10 minutes, sessions after 60 days.',
      'Grant calls open and close on their dates.',
      'Reports count what fell due meanwhile.',
    ],
  },
  fr: {
    mailbox: 'Boîte aux lettres',
    mailboxText:
      'Rien ne quitte cette machine : le courrier est gardé ici au lieu d’être envoyé. Le plus récent d’abord.',
    to: 'Seulement le courrier pour cette adresse',
    show: 'Afficher',
    all: 'Tout le courrier',
    noMail: 'Pas encore de courrier. Les codes de connexion, badges et rappels arriveront ici.',
    noMailTo: (address: string) => `Pas encore de courrier pour ${address}.`,
    recipient: (address: string) => `pour ${address}`,
    newest: (n: number) => `Les ${n} plus récents sont affichés.`,

    clock: 'Horloge',
    clockText:
      'Le produit croit cette horloge. Avancez-la pour voir en une minute ce qui prend des jours. Elle ne fait qu’avancer, pour tout le monde.',
    now: 'Nous sommes le',
    by: 'L’avancer de',
    hour: 'une heure',
    day: 'un jour',
    week: 'une semaine',
    other: 'Un autre nombre de jours',
    move: 'Avancer l’horloge',
    confirm: 'L’horloge ne recule jamais. L’avancer ?',
    moved: (when: string) => `L’horloge a été avancée. Nous sommes le ${when}.`,
    refused: 'Écrivez un nombre de jours, de 0 à 3650.',
    triggers: 'Ce que cela déclenche',
    triggerList: [
      'Qui n’a rien appris depuis 3 jours reçoit un rappel par e-mail, à une heure convenable. Un rappel en retard de 4 jours n’est plus envoyé : pour les voir tous, avancez jour par jour.',
      'Les codes de connexion s’éteignent après 10 minutes, les sessions après 60 jours.',
      'Les appels à candidatures ouvrent et ferment à leurs dates.',
      'Les rapports comptent ce qui est arrivé à échéance entre-temps.',
    ],
  },
});
