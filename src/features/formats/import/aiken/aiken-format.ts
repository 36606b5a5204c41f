import type { QuestionContent } from '../../../catalog/course-content.js';
import { decodeText } from '../decode-text.js';
import type { ImportFormat } from '../import-format.js';
import { FileReport, quoted, type ImportProblem, type Sentence } from '../import-problems.js';
import { blocksFromPlainText } from '../plain-blocks.js';
import type { DraftOption } from '../question-draft.js';
import {
  filesToRead,
  questionFiles,
  reportOthers,
  TEXT_NAME,
  type QuestionFileKind,
} from '../question-files.js';
import { QuestionMaker } from '../question-maker.js';
import { reportNoQuestions } from '../question-reports.js';
import { withinLimits } from '../within-limits.js';

/** After a full stop a space must follow: "A.B." begins a name. */
const OPTION = /^\s*([A-Za-z])\s*(?:\)\s*|\.\s+)(\S.*)$/;
const ANSWER = /^\s*(?:ANSWER|RÉPONSE|REPONSE)\s*:\s*(.*?)\s*$/i;
const FEEDBACK = /^\s*FEEDBACK\s*:\s*(.*)$/i;

interface Open {
  line: number;
  asked: string[];
  options: { letter: string; text: string; line: number }[];
}

const FILES: QuestionFileKind = {
  format: 'Aiken',
  own: /\.aiken$/i,
  possible: /\.txt$|(?:^|\/)[^.]+$/i,
  alone: TEXT_NAME,
  looksLike: (start) => {
    const text = start.toString('utf8');
    return /^\s*[A-Za-z]\s*(?:\)|\.\s)\s*\S/m.test(text) && /^\s*(?:ANSWER|RÉPONSE|REPONSE)\s*:/im.test(text);
  },
};

/**
 * Aiken (https://docs.moodle.org/en/Aiken_format): a question, answers with letters, and `ANSWER: B`. Other than in Moodle a question
 * may take several lines, several letters make a multiple choice, and `FEEDBACK:` after the answer explains it, as other tools write.
 */
export const aikenFormat: ImportFormat = {
  name: 'AIKEN',

  async recognizes(source) {
    return (await questionFiles(source, FILES)).length > 0;
  },

  async read(source, context) {
    const problems: ImportProblem[] = [];
    const questions: QuestionContent[] = [];
    const maker = new QuestionMaker(context.locale);
    const paths = await filesToRead(source, FILES);
    for (const [at, path] of paths.entries()) {
      context.progress(at / paths.length);
      const report = new FileReport(path, problems);
      const found = readAiken(decodeText(await source.read(path), report), maker, report);
      if (found.length === 0 && report.errors === 0) reportNoQuestions(report, 'Aiken');
      for (const question of found) questions.push(question);
    }
    reportOthers(source, paths, FILES.format, problems);
    return { course: null, questions, problems };
  },
};

function readAiken(text: string, maker: QuestionMaker, report: FileReport): QuestionContent[] {
  const questions: QuestionContent[] = [];
  const lines = text.split('\n');
  let open: Open | null = null;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]!;
    const number = at + 1;
    const answer = ANSWER.exec(line);
    const option = OPTION.exec(line);
    if (answer) {
      const explanation = FEEDBACK.exec(lines[at + 1] ?? '')?.[1]?.trim() ?? '';
      if (explanation !== '') at += 1;
      const question = finished(open, { answer: answer[1]!, line: number, explanation }, maker, report);
      if (question) questions.push(question);
      open = null;
    } else if (option && open && (open.options.length > 0 || option[1]!.toUpperCase() === 'A')) {
      open.options.push({ letter: option[1]!.toUpperCase(), text: option[2]!.trim(), line: number });
    } else if (line.trim() !== '') {
      if (open && open.options.length > 0) {
        // Text after the answers begins the next question, so that the one before never said which is right.
        refuse(report, open.line, NO_ANSWER);
        open = null;
      }
      open ??= { line: number, asked: [], options: [] };
      open.asked.push(line);
    } else open?.asked.push('');
  }
  if (open) refuse(report, open.line, NO_ANSWER);
  return questions;
}

function finished(
  open: Open | null,
  { answer, line, explanation }: { answer: string; line: number; explanation: string },
  maker: QuestionMaker,
  report: FileReport,
): QuestionContent | null {
  if (open === null || open.options.length === 0) {
    refuse(report, open?.line ?? line, NO_OPTIONS);
    return null;
  }
  const letters = answer
    .toUpperCase()
    .split(/[\s,;]+/)
    .map((letter) => letter.replace(/[.)]$/, ''))
    .filter((letter) => letter !== '');
  const known = open.options.map(({ letter }) => letter);
  const unknown = letters.find((letter) => !known.includes(letter));
  if (letters.length === 0 || unknown !== undefined || new Set(known).size < known.length) {
    refuse(report, line, {
      en: `The answer ${quoted(answer)} must be the letter of one of the answers above (${known.join(', ')}), each used once.`,
      fr: `La réponse ${quoted(answer)} doit être la lettre d’une des réponses ci-dessus (${known.join(', ')}), chacune utilisée une fois.`,
    });
    return null;
  }
  const options = open.options.map(({ letter, text }): DraftOption => ({
    text,
    feedback: '',
    correct: letters.includes(letter),
  }));
  const prompt = withinLimits(blocksFromPlainText(open.asked.join('\n')), open.line, report);
  const kind = letters.length > 1 ? 'MULTIPLE_CHOICE' : 'SINGLE_CHOICE';
  return maker.make({ name: '', line: open.line, kind, prompt, options, explanation, tags: [] }, report);
}

const NO_ANSWER: Sentence = {
  en: 'This question has no line such as "ANSWER: B" after its answers; add it.',
  fr: 'Cette question n’a pas de ligne « ANSWER: B » après ses réponses ; ajoutez-la.',
};
const NO_OPTIONS: Sentence = {
  en: 'No answers such as "A. ..." stand before this; write each on a line of its own, beginning with A.',
  fr: 'Aucune réponse du type « A. ... » ne se trouve avant ceci ; écrivez chacune sur sa ligne, en commençant par A.',
};

function refuse(report: FileReport, line: number, { en, fr }: Sentence): void {
  report.error('QUESTION_STRUCTURE', line, {
    en: `${en} The question is left out.`,
    fr: `${fr} La question est laissée de côté.`,
  });
}
