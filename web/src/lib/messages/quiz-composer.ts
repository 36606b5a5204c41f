import { messages, plural } from '$lib/i18n';

/** How a quiz is taken, as typed: null is as usual. */
export interface SettingsShown {
  passPercent: number;
  attemptLimit: number | null;
  timeLimitMinutes: number | null;
  /** "8 October 2026 at 23:59". */
  closes: string | null;
  waitMinutes: number;
  showAnswers: string;
}

/** Composing a quiz. */
export const quizComposer = messages({
  en: {
    title: (quiz: string) => `Compose the quiz: ${quiz}`,
    back: 'Back to the course',
    backToQuiz: 'Back to the quiz',
    preview: 'Preview as a learner',
    asked: 'Asked of everybody, in this order',
    askedNone: 'No question yet. Choose some from the bank, or write a new one.',
    remove: (excerpt: string) => `Take out “${excerpt}”`,
    up: (excerpt: string) => `Move up “${excerpt}”`,
    down: (excerpt: string) => `Move down “${excerpt}”`,
    drag: (excerpt: string) => `Drag “${excerpt}” to another place`,
    archived: 'archived',
    bank: 'Choose from the bank',
    search: 'Words in the question',
    find: 'Find',
    addOf: (excerpt: string) => `Add “${excerpt}”`,
    add: 'Add',
    inQuiz: 'in the quiz',
    nothingFound: 'No question fits.',
    moreFound: (n: number) =>
      plural('en', n, { one: '# more: write more words.', other: '# more: write more words.' }),
    write: 'Write a new question',
    writeFirst: 'Save first: the new question is written on a page of its own.',
    pools: 'Drawn at random',
    poolsText:
      'For each attempt anew, among the questions of the bank with a tag. Publishing freezes which ones they are.',
    poolTag: (n: number) => `Tag ${n}`,
    poolCount: (n: number) => `How many ${n}`,
    available: (n: number) => plural('en', n, { one: '# has it', other: '# have it' }),
    addPool: 'Draw by another tag',
    removePool: (tag: string) => `Do not draw by “${tag}”`,
    noTags: 'No question bears a tag yet: tag some in the bank first.',
    settings: 'How it is taken',
    passPercent: 'Needed to pass, in %',
    attemptLimit: 'Attempts',
    attemptHint: 'Empty: as many as wanted.',
    timeLimit: 'Minutes for one attempt',
    timeHint: 'Empty: no limit.',
    closes: 'Closes on',
    closesHint: (zone: string) => `Empty: never. Time of ${zone}.`,
    grace: 'Minutes of grace at the end',
    graceHint: 'To hand in, no longer to change.',
    wait: 'Minutes between two attempts',
    shuffleQuestions: 'Questions in another order for each attempt',
    shuffleOptions: 'Answers in another order for each attempt',
    showAnswers: 'The right answers are shown',
    show: {
      AFTER_ATTEMPT: 'after each attempt',
      AFTER_PASS: 'once the quiz is passed',
      AFTER_CLOSE: 'once the quiz is closed',
      NEVER: 'never',
    } as Record<string, string>,
    gradePolicy: 'Of several attempts counts',
    grade: {
      HIGHEST: 'the best',
      LAST: 'the last',
      FIRST: 'the first',
      AVERAGE: 'their average',
    } as Record<string, string>,
    summary: (s: SettingsShown) =>
      [
        s.attemptLimit === null
          ? 'As many attempts as wanted'
          : plural('en', s.attemptLimit, { one: 'One attempt', other: '# attempts' }),
        s.timeLimitMinutes === null
          ? 'no time limit'
          : plural('en', s.timeLimitMinutes, { one: '# minute each', other: '# minutes each' }),
        `pass at ${s.passPercent}%`,
        ...(s.waitMinutes > 0
          ? [plural('en', s.waitMinutes, { one: '# minute between two', other: '# minutes between two' })]
          : []),
        ...(s.closes ? [`closes on ${s.closes}`] : []),
      ].join(', ') + '.',
    counts: (fixed: number, drawn: number) =>
      `${plural('en', fixed + drawn, { one: '# question', other: '# questions' })} for each learner` +
      (drawn > 0 ? `, ${drawn} of them drawn` : ''),
    save: 'Save the quiz',
    saved: 'Saved.',
    conflict: 'Somebody else saved this quiz meanwhile. What you chose is still here and not saved.',
    takeTheirs: 'Drop mine, take what is saved',
    keepMine: 'Save mine over it',
  },
  fr: {
    title: (quiz: string) => `Composer le quiz : ${quiz}`,
    back: 'Retour à la formation',
    backToQuiz: 'Retour au quiz',
    preview: 'Aperçu comme un apprenant',
    asked: 'Posées à tout le monde, dans cet ordre',
    askedNone: 'Pas encore de question. Choisissez-en dans la banque, ou écrivez-en une.',
    remove: (excerpt: string) => `Retirer « ${excerpt} »`,
    up: (excerpt: string) => `Monter « ${excerpt} »`,
    down: (excerpt: string) => `Descendre « ${excerpt} »`,
    drag: (excerpt: string) => `Glisser « ${excerpt} » à une autre place`,
    archived: 'archivée',
    bank: 'Choisir dans la banque',
    search: 'Mots de la question',
    find: 'Chercher',
    addOf: (excerpt: string) => `Ajouter « ${excerpt} »`,
    add: 'Ajouter',
    inQuiz: 'dans le quiz',
    nothingFound: 'Aucune question ne correspond.',
    moreFound: (n: number) =>
      plural('fr', n, { one: '# autre : écrivez plus de mots.', other: '# autres : écrivez plus de mots.' }),
    write: 'Écrire une nouvelle question',
    writeFirst: 'Enregistrez d’abord : la nouvelle question s’écrit sur sa propre page.',
    pools: 'Tirées au sort',
    poolsText:
      'À chaque essai de nouveau, parmi les questions de la banque qui portent une étiquette. La publication fige lesquelles.',
    poolTag: (n: number) => `Étiquette ${n}`,
    poolCount: (n: number) => `Combien ${n}`,
    available: (n: number) => plural('fr', n, { one: '# la porte', other: '# la portent' }),
    addPool: 'Tirer par une autre étiquette',
    removePool: (tag: string) => `Ne plus tirer par « ${tag} »`,
    noTags: 'Aucune question ne porte encore d’étiquette : étiquetez-en dans la banque.',
    settings: 'Comment il se passe',
    passPercent: 'Pour réussir, en %',
    attemptLimit: 'Essais',
    attemptHint: 'Vide : autant que voulu.',
    timeLimit: 'Minutes pour un essai',
    timeHint: 'Vide : sans limite.',
    closes: 'Ferme le',
    closesHint: (zone: string) => `Vide : jamais. Heure de ${zone}.`,
    grace: 'Minutes de grâce à la fin',
    graceHint: 'Pour rendre, plus pour modifier.',
    wait: 'Minutes entre deux essais',
    shuffleQuestions: 'Questions dans un autre ordre à chaque essai',
    shuffleOptions: 'Réponses dans un autre ordre à chaque essai',
    showAnswers: 'Les bonnes réponses sont montrées',
    show: {
      AFTER_ATTEMPT: 'après chaque essai',
      AFTER_PASS: 'une fois le quiz réussi',
      AFTER_CLOSE: 'une fois le quiz fermé',
      NEVER: 'jamais',
    } as Record<string, string>,
    gradePolicy: 'De plusieurs essais compte',
    grade: {
      HIGHEST: 'le meilleur',
      LAST: 'le dernier',
      FIRST: 'le premier',
      AVERAGE: 'leur moyenne',
    } as Record<string, string>,
    summary: (s: SettingsShown) =>
      [
        s.attemptLimit === null
          ? 'Autant d’essais que voulu'
          : plural('fr', s.attemptLimit, { one: 'Un essai', other: '# essais' }),
        s.timeLimitMinutes === null
          ? 'sans limite de temps'
          : plural('fr', s.timeLimitMinutes, { one: '# minute chacun', other: '# minutes chacun' }),
        `réussi à partir de ${s.passPercent} %`,
        ...(s.waitMinutes > 0
          ? [plural('fr', s.waitMinutes, { one: '# minute entre deux', other: '# minutes entre deux' })]
          : []),
        ...(s.closes ? [`ferme le ${s.closes}`] : []),
      ].join(', ') + '.',
    counts: (fixed: number, drawn: number) =>
      `${plural('fr', fixed + drawn, { one: '# question', other: '# questions' })} par personne` +
      (drawn > 0 ? `, dont ${drawn} au sort` : ''),
    save: 'Enregistrer le quiz',
    saved: 'Enregistré.',
    conflict:
      'Quelqu’un d’autre a enregistré ce quiz entre-temps. Ce que vous avez choisi est toujours ici, non enregistré.',
    takeTheirs: 'Abandonner le mien, prendre l’enregistré',
    keepMine: 'Enregistrer le mien par-dessus',
  },
});
