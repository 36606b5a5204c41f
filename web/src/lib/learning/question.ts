/** A question of an attempt, as the page asks it of the API. */
export interface Question {
  id: string;
  kind:
    'SINGLE_CHOICE' | 'MULTIPLE_CHOICE' | 'TRUE_FALSE' | 'SHORT_TEXT' | 'NUMBER' | 'MATCHING' | 'ORDERING';
  promptHtml: string;
  options: readonly { id: string; text: string; correct: boolean | null; feedback: string | null }[];
  matches: readonly { id: string; text: string }[];
  chosenOptionIds: readonly string[];
  text: string | null;
  pairs: readonly { optionId: string; matchId: string }[];
  points: number | null;
  feedback: string | null;
  explanation: string | null;
  solution: {
    texts: readonly string[];
    optionIds: readonly string[];
    pairs: readonly { optionId: string; matchId: string }[];
  } | null;
}
