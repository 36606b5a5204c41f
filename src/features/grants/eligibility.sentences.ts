import type { EligibilityAction } from './eligibility.actions.js';
import type { Condition, HoldsBadge } from './eligibility.conditions.js';
import type { LocalizedText, RequestedFactKind, TrainingStep } from './eligibility.facts.js';
import type { Evidence } from './eligibility.judgement.js';
import { durationText, rangeText } from './eligibility.requirements.js';
import type { ConditionOutcome } from './eligibility.rules.js';
import {
  capitalized,
  countryName,
  courseName,
  dateText,
  deadlineText,
  instantDate,
  listOf,
  minutesText,
  NBSP,
  notStated,
  pluralMark,
  quoted,
  speaker,
  textIn,
  yesOrNo,
  type Say,
  type SentenceLocale,
} from './eligibility.wording.js';

/** Names that the sentences need and the rule does not hold. */
export interface SentenceContext {
  /** The call's IANA zone, in which instants become dates. */
  readonly timeZone: string;
  /** Titles by course id. A course without one reads as "the required course". */
  readonly courseTitles?: Readonly<Record<string, LocalizedText>>;
  /** Names by ISO 3166-2 code. A region without one reads as its code. */
  readonly regionNames?: Readonly<Record<string, LocalizedText>>;
}

/**
 * What is known of a condition, and what the rule asks, in one or two short sentences: "Headcount on 1 January 2020: 12.
 * Between 2 and 50 is needed." French addresses the reader as vous.
 */
export function conditionSentence(
  condition: Condition,
  outcome: ConditionOutcome,
  locale: SentenceLocale,
  context: SentenceContext,
): string {
  const say = speaker(locale);
  const fact = outcome.evidence[0];
  const wantsNot = outcome.negated;
  switch (condition.kind) {
    case 'COUNTRY_IN': {
      const names = listOf(
        condition.countries.map((code) => countryName(code, locale)),
        locale,
      );
      const stated = fact ? countryName(String(fact.value), locale) : notStated(say);
      return say(
        `Country of the business: ${stated}. It must ${wantsNot ? 'not ' : ''}be ${names}.`,
        `Pays de l’entreprise${NBSP}: ${stated}. Pays ${wantsNot ? 'non accepté' : 'accepté'}${pluralMark(condition.countries)}${NBSP}: ${names}.`,
      );
    }
    case 'REGION_IN': {
      const nameOf = (code: string): string => textIn(context.regionNames?.[code], locale) ?? code;
      const names = listOf(condition.regions.map(nameOf), locale);
      const stated = fact ? nameOf(String(fact.value)) : notStated(say, 'f');
      const s = pluralMark(condition.regions);
      return say(
        `Region of the business: ${stated}. It must ${wantsNot ? 'not ' : ''}be ${names}.`,
        `Région de l’entreprise${NBSP}: ${stated}. Région${s} ${wantsNot ? 'non acceptée' : 'acceptée'}${s}${NBSP}: ${names}.`,
      );
    }
    case 'FOR_PROFIT': {
      const stated = fact ? yesOrNo(fact.value === true, say) : notStated(say);
      return say(
        `For-profit business: ${stated}. A for-profit business is ${wantsNot ? 'not accepted' : 'needed'}.`,
        `Entreprise à but lucratif${NBSP}: ${stated}. L’entreprise ${wantsNot ? 'ne doit pas être' : 'doit être'} à but lucratif.`,
      );
    }
    case 'HEADCOUNT_BETWEEN': {
      const date = dateText(outcome.on ?? condition.asOf, locale);
      const stated = fact ? new Intl.NumberFormat(locale).format(Number(fact.value)) : notStated(say);
      const range = rangeText(condition, say, locale);
      return say(
        `Headcount on ${date}: ${stated}. ${wantsNot ? `Not accepted: ${range}.` : `${capitalized(range)} is needed.`}`,
        `Effectif au ${date}${NBSP}: ${stated}. ${wantsNot ? `Non accepté${NBSP}: ${range}` : `Il faut ${range}`}.`,
      );
    }
    case 'TRADING_FOR': {
      const on = dateText(outcome.on ?? condition.at, locale);
      const since = fact ? dateText(String(fact.value), locale) : notStated(say);
      const duration = durationText(condition, say);
      return say(
        `Start of trading: ${since}. ${wantsNot ? `Not accepted: ${duration}` : `${capitalized(duration)} is needed`} on ${on}.`,
        `Début d’activité${NBSP}: ${since}. ${wantsNot ? `Non accepté${NBSP}: ${duration}` : `Il faut ${duration}`} au ${on}.`,
      );
    }
    case 'HOLDS_BADGE':
      return badgeSentence(condition, outcome, locale, context);
    case 'HUMAN_REVIEW': {
      const question = condition.question[locale];
      if (!fact)
        return say(
          `${question} Someone from the program will check this.`,
          `${question} Une personne du programme le vérifiera.`,
        );
      const answered = yesOrNo(fact.value === true, say);
      const wanted = yesOrNo(!wantsNot, say);
      return say(
        `${question} The program’s answer: ${answered}. It must be ${wanted}.`,
        `${question} Réponse du programme${NBSP}: ${answered}. Il faut que ce soit ${wanted}.`,
      );
    }
  }
}

/**
 * What to do, as one sentence without a final stop, fit for a list: "Finish the course “Get found online”, about 25 minutes,
 * before 8 October 2026, 23:59 (Europe/Paris)".
 */
export function actionSentence(action: EligibilityAction, locale: SentenceLocale, timeZone: string): string {
  const say = speaker(locale);
  const before = action.before ? deadlineText(action.before, locale, timeZone) : '';
  switch (action.kind) {
    case 'FINISH_COURSE': {
      const title = quoted(textIn(action.courseTitle, locale) ?? action.courseSlug, say);
      if (action.minutes === 0) {
        return say(
          `Nothing to do: the badge of ${title} is being issued`,
          `Rien à faire${NBSP}: le badge de ${title} est en cours d’émission`,
        );
      }
      const about = say(', about ', ', environ ') + minutesText(action.minutes, locale);
      return say(`Finish the course ${title}`, `Terminez la formation ${title}`) + about + before;
    }
    case 'STATE_FACT':
      return factRequest(action.factKind, dateText(action.asOf, locale), say) + before;
    case 'WAIT_FOR_REVIEW': {
      const question = quoted(action.question[locale], say);
      return say(
        `Nothing to do for now: the program will check ${question}`,
        `Rien à faire pour l’instant${NBSP}: le programme vérifiera ${question}`,
      );
    }
  }
}

/** One step of a course: "Pass the quiz “Your opening hours”, about 10 minutes". */
export function stepSentence(step: TrainingStep, locale: SentenceLocale): string {
  const say = speaker(locale);
  const title = quoted(textIn(step.title, locale) ?? '', say);
  const about = step.minutes > 0 ? say(', about ', ', environ ') + minutesText(step.minutes, locale) : '';
  switch (step.kind) {
    case 'LESSON':
      return say(`Do the lesson ${title}`, `Suivez la leçon ${title}`) + about;
    case 'QUIZ':
      return say(`Pass the quiz ${title}`, `Réussissez le quiz ${title}`) + about;
    case 'RAISE':
      return (
        say(
          `Raise your overall grade: take the quiz ${title} again`,
          `Relevez votre note globale${NBSP}: repassez le quiz ${title}`,
        ) + about
      );
    case 'ENROLL':
      return say(`Take the course ${title} again`, `Suivez à nouveau la formation ${title}`) + about;
  }
}

function badgeSentence(
  condition: HoldsBadge,
  outcome: ConditionOutcome,
  locale: SentenceLocale,
  context: SentenceContext,
): string {
  const say = speaker(locale);
  const title = courseName(context.courseTitles?.[condition.courseId], locale);
  const badge = evidenceOf(outcome, 'BADGE');
  const issued = badge?.recordedAt ? instantDate(badge.recordedAt, locale, context.timeZone) : '';
  const remaining = evidenceOf(outcome, 'MINUTES_REMAINING')?.value;
  const left = minutesText(Number(remaining ?? 0), locale);
  const age = condition.withinMonths ?? 0;
  const monthsEn = `${age} ${age === 1 ? 'month' : 'months'}`;
  const need = outcome.negated
    ? age > 0
      ? say(
          `A badge at most ${monthsEn} old must not be held.`,
          `Un badge de ${age} mois au plus ne doit pas être détenu.`,
        )
      : say('This badge must not be held.', 'Ce badge ne doit pas être détenu.')
    : say('Its badge is needed.', 'Son badge est nécessaire.');
  const again =
    outcome.result === 'OPEN'
      ? remaining === 0
        ? say(
            'The course was taken again, its new badge is being issued.',
            'La formation a été refaite, son nouveau badge est en cours d’émission.',
          )
        : say(
            `The course can be taken again, about ${left}.`,
            `Vous pouvez refaire la formation, environ ${left}.`,
          )
      : say('The course cannot be taken again in time.', 'La formation ne peut plus être refaite à temps.');
  const next = outcome.negated ? need : again;
  switch (outcome.reason) {
    case 'MET': {
      const fact = say(
        `Badge of ${title}: issued on ${issued}.`,
        `Badge de ${title}${NBSP}: délivré le ${issued}.`,
      );
      return outcome.negated ? `${fact} ${need}` : fact;
    }
    case 'BADGE_TOO_OLD':
      return say(
        `Badge of ${title}: issued on ${issued}. ${outcome.negated ? '' : `It must be at most ${monthsEn} old. `}${next}`,
        `Badge de ${title}${NBSP}: délivré le ${issued}. ${outcome.negated ? '' : `Il doit dater de ${age} mois au plus. `}${next}`,
      );
    case 'BADGE_NOT_VALID':
      return say(
        `Badge of ${title}: issued on ${issued}, no longer valid. ${next}`,
        `Badge de ${title}${NBSP}: délivré le ${issued}, plus valable. ${next}`,
      );
    case 'TRAINING_TOO_LATE':
      return say(
        `Course ${title}: about ${left} left, more than there is time for before the close. ${need}`,
        `Formation ${title}${NBSP}: encore environ ${left}, plus que le temps qui reste avant la clôture. ${need}`,
      );
    case 'COURSE_UNAVAILABLE':
      return say(
        `Course ${title}: not available at the moment. ${need}`,
        `Formation ${title}${NBSP}: pas disponible pour le moment. ${need}`,
      );
    case 'CLOSED_WITHOUT_TRAINING':
      return say(
        `Course ${title}: not finished before the close. ${need}`,
        `Formation ${title}${NBSP}: pas terminée avant la clôture. ${need}`,
      );
    default:
      if (remaining === 0) {
        return say(
          `Course ${title}: finished, its badge is being issued. ${need}`,
          `Formation ${title}${NBSP}: terminée, son badge est en cours d’émission. ${need}`,
        );
      }
      return say(
        `Course ${title}: not finished yet, about ${left} left. ${need}`,
        `Formation ${title}${NBSP}: pas encore terminée, encore environ ${left}. ${need}`,
      );
  }
}

function factRequest(factKind: RequestedFactKind, on: string, say: Say): string {
  switch (factKind) {
    case 'COUNTRY':
      return say('Tell us the country of your business', 'Indiquez le pays de votre entreprise');
    case 'REGION':
      return say('Tell us the region of your business', 'Indiquez la région de votre entreprise');
    case 'HEADCOUNT':
      return say(
        `Tell us how many people were in your business on ${on}`,
        `Indiquez l’effectif de votre entreprise au ${on}`,
      );
    case 'FOR_PROFIT':
      return say(
        'Tell us whether your business is run for profit',
        'Indiquez si votre entreprise est à but lucratif',
      );
    case 'TRADING_SINCE':
      return say(
        'Tell us when your business started trading',
        'Indiquez quand votre entreprise a commencé son activité',
      );
  }
}

function evidenceOf(outcome: ConditionOutcome, kind: Evidence['kind']): Evidence | undefined {
  return outcome.evidence.find((evidence) => evidence.kind === kind);
}
