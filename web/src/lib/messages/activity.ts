import { messages, plural } from '$lib/i18n';

/** Handing in work, and what trainers do with it. */
export const activity = messages({
  en: {
    answer: 'Your answer',
    files: 'Your files',
    addFiles: 'Add files',
    filesHint: 'Pictures or documents: five at most, 10 MB each.',
    fileTooLarge: '“#” is too large: 10 MB at most. Save it smaller, or send a photo of it.',
    tooMuch:
      'These files are too large to be sent together (25 MB at most). Nothing was sent: go back, keep one or two as a draft, then add the others.',
    remove: (name: string) => `Remove ${name}`,
    save: 'Keep as a draft',
    submit: 'Hand in',
    saved: (when: string) => `Draft kept on ${when}. Only you see it.`,
    submitted: (when: string) => `Handed in on ${when}. A trainer reads it; you will get a mail.`,
    accepted: 'Accepted: this lesson is done.',
    returned:
      'The trainer asks you to change something. Nothing is lost: mend it below and hand it in again.',
    askedAgain:
      'This is asked of you again. What you handed in before stays on record: change it or write it anew, and hand it in.',
    theComment: 'The trainer’s comment',
    earlier: (n: number) => plural('en', n, { one: 'What you handed in', other: 'What you handed in (#)' }),
    queue: 'To read',
    queueLead: 'What learners handed in, the longest waiting first.',
    waiting: (n: number) =>
      plural('en', n, { one: '# piece of work waits for you', other: '# pieces of work wait for you' }),
    none: 'Nothing waits',
    noneText: 'What learners hand in for an activity of your courses will be here.',
    by: (name: string) => `By ${name}`,
    nobody: 'a learner',
    turn: (n: number) => `Turn ${n}`,
    comment: 'Comment',
    commentHint: 'The learner gets it by mail. Needed for giving back, welcome for accepting.',
    accept: 'Accept',
    giveBack: 'Give back',
    decided: 'Done. The learner is told by mail.',
    more: 'More',
  },
  fr: {
    answer: 'Votre réponse',
    files: 'Vos fichiers',
    addFiles: 'Ajouter des fichiers',
    filesHint: 'Photos ou documents : cinq au maximum, 10 Mo chacun.',
    fileTooLarge:
      '« # » est trop volumineux : 10 Mo au maximum. Enregistrez-le plus petit, ou envoyez-en une photo.',
    tooMuch:
      'Ces fichiers sont trop volumineux pour être envoyés ensemble (25 Mo au maximum). Rien n’a été envoyé : revenez en arrière, gardez-en un ou deux en brouillon, puis ajoutez les autres.',
    remove: (name: string) => `Retirer ${name}`,
    save: 'Garder en brouillon',
    submit: 'Rendre',
    saved: (when: string) => `Brouillon gardé le ${when}. Vous seul le voyez.`,
    submitted: (when: string) => `Rendu le ${when}. Un formateur le lit ; vous recevrez un e-mail.`,
    accepted: 'Accepté : cette leçon est terminée.',
    returned:
      'Le formateur vous demande de changer quelque chose. Rien n’est perdu : corrigez ci-dessous et rendez de nouveau.',
    askedAgain:
      'Ce travail vous est redemandé. Ce que vous aviez rendu reste enregistré : modifiez-le ou refaites-le, et rendez-le.',
    theComment: 'Le commentaire du formateur',
    earlier: (n: number) =>
      plural('fr', n, { one: 'Ce que vous avez rendu', other: 'Ce que vous avez rendu (#)' }),
    queue: 'À lire',
    queueLead: 'Ce que les apprenants ont rendu, en commençant par ce qui attend depuis le plus longtemps.',
    waiting: (n: number) =>
      plural('fr', n, { one: '# travail vous attend', other: '# travaux vous attendent' }),
    none: 'Rien n’attend',
    noneText: 'Ce que les apprenants rendront pour une activité de vos cours sera ici.',
    by: (name: string) => `Par ${name}`,
    nobody: 'un apprenant',
    turn: (n: number) => `Tour ${n}`,
    comment: 'Commentaire',
    commentHint: 'L’apprenant le reçoit par e-mail. Nécessaire pour renvoyer, bienvenu pour accepter.',
    accept: 'Accepter',
    giveBack: 'Renvoyer',
    decided: 'C’est fait. L’apprenant est prévenu par e-mail.',
    more: 'Suite',
  },
});
