import type { Locale } from '$lib/i18n';
import { regrades } from '$lib/messages/regrades';

interface Difference {
  learner: { name: string | null };
  email: string;
  quizTitle: string;
  number: number;
  submittedAt: string;
  scorePercentBefore: number;
  scorePercentAfter: number;
  effect: string;
  isCompleted: boolean;
}

/** The report of a regrade as the rows of a table, with its head. */
export function regradeRows(locale: Locale, differences: readonly Difference[]): (string | number)[][] {
  const t = regrades(locale);
  return [
    [t.learner, t.email, t.quiz, t.tryNumber, t.handedIn, t.before, t.after, t.effect, t.completed],
    ...differences.map((each) => [
      each.learner.name ?? '',
      each.email,
      each.quizTitle,
      each.number,
      each.submittedAt,
      each.scorePercentBefore,
      each.scorePercentAfter,
      t.effects[each.effect]!,
      each.isCompleted ? t.yes : t.no,
    ]),
  ];
}
