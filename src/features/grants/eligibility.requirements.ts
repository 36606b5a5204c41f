import type { Condition, HeadcountBetween, RuleNode, TradingFor } from './eligibility.conditions.js';
import type { LocalDate } from './eligibility.facts.js';
import { neededOf } from './eligibility.search.js';
import type { SentenceContext } from './eligibility.sentences.js';
import {
  countryName,
  courseName,
  dateText,
  listOf,
  NBSP,
  pluralMark,
  speaker,
  textIn,
  type Say,
  type SentenceLocale,
} from './eligibility.wording.js';

/**
 * A line of the rules as somebody reads them who asked about no business yet: a condition, or the heading of the lines one
 * level deeper that follow it. What must all be met is on level 0.
 */
export interface Requirement {
  readonly condition: Condition | null;
  readonly negated: boolean;
  /** From 0. */
  readonly level: number;
  /** Of a heading: how many of its lines are needed. */
  readonly needed: number;
  /** Of a heading: how many lines it has on the next level. */
  readonly among: number;
}

interface Place {
  readonly negated: boolean;
  readonly level: number;
  /** Whether everything on this level is needed anyway. */
  readonly allNeeded: boolean;
}

/**
 * A rule as lines in reading order. ALL within ALL needs no heading, and a NOT is carried to its conditions: not "at least n
 * of m" is "at least m - n + 1 are not".
 */
export function requirementsOf(
  node: RuleNode,
  { negated, level, allNeeded }: Place = { negated: false, level: 0, allNeeded: true },
): Requirement[] {
  switch (node.kind) {
    case 'NOT':
      return requirementsOf(node.of, { negated: !negated, level, allNeeded });
    case 'ALL':
    case 'ANY':
    case 'AT_LEAST': {
      const among = node.of.length;
      const needed = negated ? among - neededOf(node) + 1 : neededOf(node);
      const isAll = needed === among;
      if (among === 1 || (isAll && allNeeded))
        return node.of.flatMap((child) => requirementsOf(child, { negated, level, allNeeded }));
      const inside = { negated, level: level + 1, allNeeded: isAll };
      return [
        { condition: null, negated: false, level, needed, among },
        ...node.of.flatMap((child) => requirementsOf(child, inside)),
      ];
    }
    default:
      return [{ condition: node, negated, level, needed: 1, among: 1 }];
  }
}

/** What names a requirement's sentence needs, and the call's last day. */
export interface RequirementContext extends SentenceContext {
  /** The local date on which the call closes. */
  readonly closeDate: LocalDate;
}

/** What the rule asks, in a sentence: "Headcount on 1 January 2020: between 2 and 50." */
export function requirementSentence(
  { condition, negated, needed, among }: Requirement,
  locale: SentenceLocale,
  context: RequirementContext,
): string {
  const say = speaker(locale);
  if (condition) return conditionRequirement(condition, negated, locale, context);
  if (needed === among) return say('All of these:', `Tous ces points${NBSP}:`);
  return needed === 1
    ? say('At least one of these:', `Au moins un de ces points${NBSP}:`)
    : say(`At least ${needed} of these:`, `Au moins ${needed} de ces points${NBSP}:`);
}

function conditionRequirement(
  condition: Condition,
  negated: boolean,
  locale: SentenceLocale,
  { courseTitles, regionNames, closeDate }: RequirementContext,
): string {
  const say = speaker(locale);
  const be = negated ? 'must not be' : 'must be';
  const dateOf = (date: LocalDate): string => dateText(date === 'CLOSE' ? closeDate : date, locale);
  switch (condition.kind) {
    case 'COUNTRY_IN': {
      const codes = condition.countries;
      const names = listOf(
        codes.map((code) => countryName(code, locale)),
        locale,
      );
      return say(
        `The country of the business ${be} ${names}.`,
        `Pays ${negated ? 'non accepté' : 'accepté'}${pluralMark(codes)}${NBSP}: ${names}.`,
      );
    }
    case 'REGION_IN': {
      const codes = condition.regions;
      const names = listOf(
        codes.map((code) => textIn(regionNames?.[code], locale) ?? code),
        locale,
      );
      const s = pluralMark(codes);
      return say(
        `The region of the business ${be} ${names}.`,
        `Région${s} ${negated ? 'non acceptée' : 'acceptée'}${s}${NBSP}: ${names}.`,
      );
    }
    case 'FOR_PROFIT':
      return say(
        `A for-profit business is ${negated ? 'not accepted' : 'needed'}.`,
        `L’entreprise ${negated ? 'ne doit pas être' : 'doit être'} à but lucratif.`,
      );
    case 'HEADCOUNT_BETWEEN': {
      const range = rangeText(condition, say, locale);
      return say(
        `Headcount on ${dateOf(condition.asOf)}${negated ? ', not accepted' : ''}: ${range}.`,
        `Effectif au ${dateOf(condition.asOf)}${negated ? ', non accepté' : ''}${NBSP}: ${range}.`,
      );
    }
    case 'TRADING_FOR': {
      const duration = durationText(condition, say);
      const date = dateOf(condition.at);
      return say(
        `Time in business on ${date}${negated ? ', not accepted' : ''}: ${duration}.`,
        `Ancienneté au ${date}${negated ? ', non acceptée' : ''}${NBSP}: ${duration}.`,
      );
    }
    case 'HOLDS_BADGE': {
      const course = courseName(courseTitles?.[condition.courseId], locale);
      const age = condition.withinMonths;
      const atMost = age ? say(`, at most ${months(age)} old,`, `, de ${age} mois au plus,`) : '';
      return say(
        `A badge of ${course}${atMost} ${negated ? 'must not be held' : 'is needed'}.`,
        `Un badge de ${course}${atMost} ${negated ? 'ne doit pas être détenu' : 'est nécessaire'}.`,
      );
    }
    case 'HUMAN_REVIEW': {
      const question = condition.question[locale];
      const wanted = negated ? say(' The answer must be no.', ` La réponse doit être${NBSP}: non.`) : '';
      return say(
        `${question} Someone from the program will check this.${wanted}`,
        `${question} Une personne du programme le vérifiera.${wanted}`,
      );
    }
  }
}

/** The bounds of a headcount, and which of them are included: "more than 2 and at most 10". */
export function rangeText({ min, max }: HeadcountBetween, say: Say, locale: SentenceLocale): string {
  const number = (value: number): string => new Intl.NumberFormat(locale).format(value);
  const people = say('', Math.max(min?.value ?? 0, max?.value ?? 0) > 1 ? ' personnes' : ' personne');
  if (min?.inclusive && max?.inclusive) {
    const [low, high] = [number(min.value), number(max.value)];
    const range =
      low === high
        ? say(`exactly ${low}`, `exactement ${low}`)
        : say(`between ${low} and ${high}`, `entre ${low} et ${high}`);
    return range + people;
  }
  const low =
    min &&
    (min.inclusive ? say('at least ', 'au moins ') : say('more than ', 'plus de ')) + number(min.value);
  const high =
    max &&
    (max.inclusive ? say('at most ', 'au plus ') : say('fewer than ', 'moins de ')) + number(max.value);
  return [low, high].filter((bound) => bound !== undefined).join(say(' and ', ' et ')) + people;
}

/** How long a business must have been trading: "more than 12 months". */
export function durationText({ moreThanMonths, atLeastMonths }: TradingFor, say: Say): string {
  const count = moreThanMonths ?? atLeastMonths ?? 0;
  return moreThanMonths === undefined
    ? say(`at least ${months(count)}`, `au moins ${count} mois d’activité`)
    : say(`more than ${months(count)}`, `plus de ${count} mois d’activité`);
}

const months = (count: number): string => `${count} ${count === 1 ? 'month' : 'months'}`;
