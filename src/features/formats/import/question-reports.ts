import { quoted, type FileReport, type Sentence } from './import-problems.js';

/** Kinds of elsewhere that the question bank does not know, and what to do instead. */
const INSTEAD: Record<string, Sentence> = {
  essay: {
    en: 'a free text is not marked by a machine; make it an activity, whose answers a trainer reads',
    fr: 'un texte libre n’est pas corrigé par une machine ; faites-en une activité, dont un formateur lit les réponses',
  },
  description: {
    en: 'it asks nothing; put its text into a lesson, or add answers between braces',
    fr: 'elle ne demande rien ; placez son texte dans une leçon, ou ajoutez des réponses',
  },
};

const OTHER: Sentence = {
  en: 'this kind does not exist here; write it as one or several choices, a text, a number, pairs or an order',
  fr: 'ce genre n’existe pas ici ; écrivez-la comme choix simple ou multiple, texte, nombre, paires ou ordre',
};

/** Reports a question whose kind the bank does not know. */
export function reportKind(report: FileReport, line: number, kind: string, title: string): void {
  const named = title === '' ? '' : ` ${quoted(title)}`;
  const why = INSTEAD[kind] ?? OTHER;
  report.error('QUESTION_KIND', line, {
    en: `The question${named} of the kind "${kind}" is left out: ${why.en}.`,
    fr: `La question${named} du genre « ${kind} » est laissée de côté : ${why.fr}.`,
  });
}

/** Reports a file in which no question was found. */
export function reportNoQuestions(report: FileReport, format: string): void {
  report.error('QUESTION_KIND', 1, {
    en: `No question was found in this file: it is not ${format}, or holds nothing but categories.`,
    fr: `Aucune question n’a été trouvée dans ce fichier : ce n’est pas du ${format}, ou il ne contient que des catégories.`,
  });
}
