import type { Condition } from './eligibility.conditions.js';
import type { Evidence } from './eligibility.judgement.js';
import type { SentenceContext } from './eligibility.sentences.js';
import {
  countryName,
  courseName,
  dateText,
  instantDate,
  minutesText,
  NBSP,
  quoted,
  speaker,
  textIn,
  withWhatComesFirst,
  yesOrNo,
  type SentenceLocale,
} from './eligibility.wording.js';

/** Who reads the evidence, and who they are that said so. */
export interface EvidenceContext extends SentenceContext {
  readonly viewerId: string;
  /** Names by person id, of those who gave one. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * What a condition was judged on, complete in itself and without a final stop: "Headcount: 4, stated by you on 1 March
 * 2019". From when it is true is said where that is another day.
 */
export function evidenceSentence(
  evidence: Evidence,
  condition: Condition,
  locale: SentenceLocale,
  context: EvidenceContext,
): string {
  const say = speaker(locale);
  const course = courseName(
    condition.kind === 'HOLDS_BADGE' ? context.courseTitles?.[condition.courseId] : undefined,
    locale,
  );
  const learnedOn = evidence.recordedAt ? instantDate(evidence.recordedAt, locale, context.timeZone) : '';
  switch (evidence.kind) {
    case 'BADGE': {
      const lapsed = evidence.value === 'VALID' ? '' : say(', no longer valid', ', plus valable');
      return say(
        `Badge of ${course}: issued on ${learnedOn}${lapsed}`,
        `Badge de ${course}${NBSP}: délivré le ${learnedOn}${lapsed}`,
      );
    }
    case 'MINUTES_REMAINING': {
      if (evidence.value === 0)
        return say(
          `Course ${course}: finished, its badge is being issued`,
          `Formation ${course}${NBSP}: terminée, son badge est en cours d’émission`,
        );
      const left = minutesText(Number(evidence.value), locale);
      const first = withWhatComesFirst(evidence, say);
      return say(
        `Course ${course}: about ${left} left${first}`,
        `Formation ${course}${NBSP}: encore environ ${left}${first}`,
      );
    }
    case 'HUMAN_ANSWER': {
      const question = condition.kind === 'HUMAN_REVIEW' ? condition.question[locale] : '';
      const answer = yesOrNo(evidence.value === true, say);
      return say(
        `The program’s answer to ${quoted(question, say)}: ${answer}, given on ${learnedOn}`,
        `Réponse du programme à ${quoted(question, say)}${NBSP}: ${answer}, donnée le ${learnedOn}`,
      );
    }
    default: {
      const by =
        evidence.source === context.viewerId ? say('you', 'vous') : sourceName(evidence, locale, context);
      const since =
        evidence.asOf && evidence.kind !== 'TRADING_SINCE' && dateText(evidence.asOf, locale) !== learnedOn
          ? say(` (as of ${dateText(evidence.asOf, locale)})`, ` (au ${dateText(evidence.asOf, locale)})`)
          : '';
      return say(
        `${FACTS[evidence.kind].en}: ${valueText(evidence, locale, context)}${since}, stated by ${by} on ${learnedOn}`,
        `${FACTS[evidence.kind].fr}${NBSP}: ${valueText(evidence, locale, context)}${since}, ${evidence.kind === 'REGION' ? 'déclarée' : 'déclaré'} par ${by} le ${learnedOn}`,
      );
    }
  }
}

/** Who said so, by name; for somebody without one, the business that they spoke for. */
export function sourceName(
  { source }: Evidence,
  locale: SentenceLocale,
  { names }: Pick<EvidenceContext, 'names'>,
): string {
  return names.get(source ?? '') ?? speaker(locale)('the business', 'l’entreprise');
}

const FACTS = {
  COUNTRY: { en: 'Country', fr: 'Pays' },
  REGION: { en: 'Region', fr: 'Région' },
  HEADCOUNT: { en: 'Headcount', fr: 'Effectif' },
  FOR_PROFIT: { en: 'For-profit business', fr: 'Entreprise à but lucratif' },
  TRADING_SINCE: { en: 'Start of trading', fr: 'Début d’activité' },
};

function valueText(
  { kind, value }: Evidence,
  locale: SentenceLocale,
  { regionNames }: SentenceContext,
): string {
  switch (kind) {
    case 'COUNTRY':
      return countryName(String(value), locale);
    case 'REGION':
      return textIn(regionNames?.[String(value)], locale) ?? String(value);
    case 'HEADCOUNT':
      return new Intl.NumberFormat(locale).format(Number(value));
    case 'FOR_PROFIT':
      return yesOrNo(value === true, speaker(locale));
    case 'TRADING_SINCE':
      return dateText(String(value), locale);
    default:
      return String(value);
  }
}
