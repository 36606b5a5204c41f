import { messages } from '$lib/i18n';

/** Editing the text of a lesson. */
export const editor = messages({
  en: {
    title: (lesson: string) => `Edit: ${lesson}`,
    languages: 'Language of the text',
    missingText: (language: string) =>
      `There is no text in this language yet: learners read the one in ${language}. Write it here and save.`,
    lessonTitle: 'Title',
    minutes: 'Minutes to learn it',
    text: 'Text',
    help: 'How to write',
    helpRows: [
      ['## Heading', 'a heading; ### for a smaller one'],
      ['**bold** and _italic_', 'emphasis'],
      ['- one thing', 'a list; 1. for a numbered one'],
      ['> Do it now', 'a box that stands out'],
      ['[words](https://…)', 'a link'],
    ] as [string, string][],
    helpParagraph: 'Leave an empty line between two paragraphs.',
    quizNote: 'The questions of a quiz come from the imported files. Here you change its title and its time.',
    previewButton: 'Show the preview',
    line: (n: number) => `Line ${n}`,
    problem: {
      HTML: 'HTML tags cannot be saved. Write Markdown, or \\< for the sign itself.',
      IMAGE: 'Images cannot be saved. Describe in words what it shows.',
      TABLE: 'Tables cannot be saved. Write a list.',
      CONTENT_TOO_LARGE: 'The text is too long, or nested too deep. Split the lesson in two.',
      HEADING_LEVEL: 'Headings have two or three #. This one becomes the nearest of them.',
      LINK_REFUSED: 'This link is dropped, its text stays. An address begins with https:// or mailto:.',
      STRIKETHROUGH: 'Struck-through text stays as plain text.',
    } as Record<string, string>,
    otherProblem: 'Something here cannot be kept. Write it in another way.',
    save: 'Save',
    saving: 'Saving …',
    notSaved: 'Not saved yet',
    failed: 'Not saved',
    failedBecause: (why: string) => `Not saved. ${why}`,
    upToDate: 'Nothing to save',
    leave: 'What you typed is not saved yet. Leave all the same?',
    saved: 'Saved.',
    savedAgo: (seconds: number) =>
      seconds < 5
        ? 'Saved just now'
        : seconds < 60
          ? `Saved ${seconds} s ago`
          : `Saved ${Math.floor(seconds / 60)} min ago`,
    offline: 'Not saved: the line is lost. It is tried again by itself; do not close this page.',
    offlineKept: 'Not saved: the line is lost. It is kept on this device and tried again by itself.',
    titleNeeded: 'A lesson needs a title. Until it has one, nothing is saved.',
    leftover: (time: string) =>
      `A text that you wrote at ${time} was never saved. It is still on this device; it differs from what is saved.`,
    bringBack: 'Bring it back',
    dropIt: 'Drop it',
    conflictTitle: (who: string | null, time: string | null) =>
      `${who ?? 'Somebody else'} saved this lesson${time ? ` at ${time}` : ''} while you were writing`,
    conflictText:
      'Nothing is lost: your text is still below, and theirs stays in the history whatever you choose. You can go on writing before you do.',
    conflictDiff: 'From their text to yours',
    theirs: 'Their text as it is saved now',
    keepMine: 'Save mine over it',
    keepBoth: 'Keep both: put theirs below mine',
    takeTheirs: 'Take theirs (undo brings mine back)',
    history: 'History',
    source: (language: string) => `The text in ${language}`,
    outOfDate: 'The text beside it was changed after this was translated. Check this one, then save it.',
    stillRight: 'It still holds',
    toTranslations: 'All that is to translate',
    questions: 'The questions are translated with the quiz. Here they are side by side.',
    seeAsLearner: 'Preview on a phone',
    nextLesson: 'Next lesson',
    back: 'Back to the course',
  },
  fr: {
    title: (lesson: string) => `Modifier : ${lesson}`,
    languages: 'Langue du texte',
    missingText: (language: string) =>
      `Il n’y a pas encore de texte dans cette langue : on lit celui en ${language}. Écrivez-le ici et enregistrez.`,
    lessonTitle: 'Titre',
    minutes: 'Minutes pour apprendre',
    text: 'Texte',
    help: 'Comment écrire',
    helpRows: [
      ['## Intertitre', 'un intertitre ; ### pour un plus petit'],
      ['**gras** et _italique_', 'pour insister'],
      ['- une chose', 'une liste ; 1. pour une liste numérotée'],
      ['> À faire maintenant', 'un encadré qui ressort'],
      ['[des mots](https://…)', 'un lien'],
    ] as [string, string][],
    helpParagraph: 'Laissez une ligne vide entre deux paragraphes.',
    quizNote:
      'Les questions d’un quiz viennent des fichiers importés. Ici, vous modifiez son titre et sa durée.',
    previewButton: 'Afficher l’aperçu',
    line: (n: number) => `Ligne ${n}`,
    problem: {
      HTML: 'Les balises HTML ne peuvent pas être enregistrées. Écrivez en Markdown, ou \\< pour le signe lui-même.',
      IMAGE: 'Les images ne peuvent pas être enregistrées. Décrivez avec des mots ce qu’elles montrent.',
      TABLE: 'Les tableaux ne peuvent pas être enregistrés. Écrivez une liste.',
      CONTENT_TOO_LARGE: 'Le texte est trop long, ou trop imbriqué. Coupez la leçon en deux.',
      HEADING_LEVEL: 'Un intertitre a deux ou trois #. Celui-ci devient le plus proche.',
      LINK_REFUSED: 'Ce lien est retiré, son texte reste. Une adresse commence par https:// ou mailto:.',
      STRIKETHROUGH: 'Le texte barré reste en texte simple.',
    } as Record<string, string>,
    otherProblem: 'Quelque chose ici ne peut pas être gardé. Écrivez-le autrement.',
    save: 'Enregistrer',
    saving: 'Enregistrement…',
    notSaved: 'Pas encore enregistré',
    failed: 'Non enregistré',
    failedBecause: (why: string) => `Non enregistré. ${why}`,
    upToDate: 'Rien à enregistrer',
    leave: 'Ce que vous avez saisi n’est pas encore enregistré. Quitter quand même ?',
    saved: 'Enregistré.',
    savedAgo: (seconds: number) =>
      seconds < 5
        ? 'Enregistré à l’instant'
        : seconds < 60
          ? `Enregistré il y a ${seconds} s`
          : `Enregistré il y a ${Math.floor(seconds / 60)} min`,
    offline:
      'Non enregistré : la connexion est perdue. Un nouvel essai se fait tout seul ; ne fermez pas cette page.',
    offlineKept:
      'Non enregistré : la connexion est perdue. Le texte est gardé sur cet appareil et un nouvel essai se fait tout seul.',
    titleNeeded: 'Une leçon doit avoir un titre. Tant qu’il manque, rien n’est enregistré.',
    leftover: (time: string) =>
      `Un texte que vous avez écrit à ${time} n’a jamais été enregistré. Il est encore sur cet appareil et diffère de ce qui est enregistré.`,
    bringBack: 'Le reprendre',
    dropIt: 'L’abandonner',
    conflictTitle: (who: string | null, time: string | null) =>
      `${who ?? 'Quelqu’un d’autre'} a enregistré cette leçon${time ? ` à ${time}` : ''} pendant que vous écriviez`,
    conflictText:
      'Rien n’est perdu : votre texte est toujours ci-dessous, et l’autre reste dans l’historique quoi que vous choisissiez. Vous pouvez continuer à écrire avant de choisir.',
    conflictDiff: 'De l’autre texte au vôtre',
    theirs: 'L’autre texte, enregistré maintenant',
    keepMine: 'Enregistrer le mien par-dessus',
    keepBoth: 'Garder les deux : mettre l’autre sous le mien',
    takeTheirs: 'Prendre l’autre (annuler ramène le mien)',
    history: 'Historique',
    source: (language: string) => `Le texte en ${language}`,
    outOfDate:
      'Le texte d’à côté a été modifié après cette traduction. Vérifiez celle-ci, puis enregistrez-la.',
    stillRight: 'Elle convient toujours',
    toTranslations: 'Tout ce qui est à traduire',
    questions: 'Les questions se traduisent avec le quiz. Les voici côte à côte.',
    seeAsLearner: 'Aperçu sur téléphone',
    nextLesson: 'Leçon suivante',
    back: 'Retour à la formation',
  },
});
