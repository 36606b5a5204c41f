import { messages, plural } from '$lib/i18n';

/** The saves of a lesson, and what differs between them. */
export const history = messages({
  en: {
    lang: 'en',
    title: (lesson: string) => `History: ${lesson}`,
    lead: 'Every text that was saved is here, from earlier versions too. Nothing is ever taken away.',
    backToEditor: 'Back to the text',
    empty: 'There is no text.',
    none: 'Nothing has been saved in this language yet. Once somebody writes, each save appears here.',
    saves: 'Saves, newest first',
    by: {
      FOUND: 'From an import, or before there was a history',
      SAVE: 'Saved',
      AUTOSAVE: 'Saved while writing',
      RESTORE: 'Taken back from the history',
    } as Record<string, string>,
    nobody: 'nobody by name',
    words: (more: number, less: number) =>
      more + less === 0
        ? 'no word changed'
        : `${plural('en', more, { one: '# word', other: '# words' })} more, ${plural('en', less, { one: '# word', other: '# words' })} less`,
    version: (n: number) => `version ${n}`,
    current: 'What is saved now',
    older: 'Older saves',
    newest: 'Newest saves',
    changes: 'What this save changed',
    sinceThen: 'What has changed since',
    whole: 'The whole text',
    restore: 'Take this text back',
    restoreConfirm:
      'This text takes the place of the one that is saved now, which stays in the history. Go on?',
    restored: 'Taken back. The text that was there before is in the history too.',
    inserted: '[new: ',
    deleted: '[taken away: ',
    end: ']',
    otherChange: 'changed in form: formatting, kind or file',
    kind: {
      LIST_ITEM: '•',
      RULE: 'Line across',
      TIP: 'Tip:',
      NOTE: 'Note:',
      WARNING: 'Warning:',
      IMAGE: 'Picture:',
      VIDEO: 'Video:',
      EMBED: 'Embedded page:',
      DOWNLOAD: 'File:',
    } as Record<string, string>,
  },
  fr: {
    lang: 'fr',
    title: (lesson: string) => `Historique : ${lesson}`,
    lead: 'Chaque texte enregistré est ici, ceux des versions précédentes aussi. Rien n’est jamais retiré.',
    backToEditor: 'Retour au texte',
    empty: 'Il n’y a pas de texte.',
    none: 'Rien n’a encore été enregistré dans cette langue. Dès que quelqu’un écrit, chaque enregistrement apparaît ici.',
    saves: 'Enregistrements, du plus récent au plus ancien',
    by: {
      FOUND: 'Venu d’un import, ou d’avant l’historique',
      SAVE: 'Enregistré',
      AUTOSAVE: 'Enregistré pendant l’écriture',
      RESTORE: 'Repris de l’historique',
    } as Record<string, string>,
    nobody: 'sans nom',
    words: (more: number, less: number) =>
      more + less === 0
        ? 'aucun mot changé'
        : `${plural('fr', more, { one: '# mot', other: '# mots' })} en plus, ${plural('fr', less, { one: '# mot', other: '# mots' })} en moins`,
    version: (n: number) => `version ${n}`,
    current: 'Ce qui est enregistré maintenant',
    older: 'Plus anciens',
    newest: 'Plus récents',
    changes: 'Ce que cet enregistrement a changé',
    sinceThen: 'Ce qui a changé depuis',
    whole: 'Le texte entier',
    restore: 'Reprendre ce texte',
    restoreConfirm:
      'Ce texte prend la place de celui qui est enregistré maintenant, qui reste dans l’historique. Continuer ?',
    restored: 'C’est repris. Le texte d’avant est aussi dans l’historique.',
    inserted: '[nouveau : ',
    deleted: '[retiré : ',
    end: ']',
    otherChange: 'changé de forme : mise en forme, nature ou fichier',
    kind: {
      LIST_ITEM: '•',
      RULE: 'Trait de séparation',
      TIP: 'Conseil :',
      NOTE: 'Note :',
      WARNING: 'Attention :',
      IMAGE: 'Image :',
      VIDEO: 'Vidéo :',
      EMBED: 'Page intégrée :',
      DOWNLOAD: 'Fichier :',
    } as Record<string, string>,
  },
});
