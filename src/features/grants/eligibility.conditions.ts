import { z } from 'zod';
import { COUNTRY_CODES } from '../businesses/country-codes.js';

/** Operators on the longest way from the root to a condition, plus the condition itself. */
export const MAX_RULE_DEPTH = 8;

/** Operators and conditions of one tree, together. */
export const MAX_RULE_NODES = 100;

const conditionKey = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be in kebab-case, such as "head-count"');

const country = z
  .string()
  .refine((code) => COUNTRY_CODES.has(code), 'must be an ISO 3166-1 alpha-2 code, such as "FR"');

const region = z
  .string()
  .refine(
    (code) => /^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(code) && COUNTRY_CODES.has(code.slice(0, 2)),
    'must be an ISO 3166-2 code, such as "FR-IDF"',
  );

const ruleDateError = 'must be a calendar date (YYYY-MM-DD) or "CLOSE"';

const ruleDate = z.union([z.literal('CLOSE'), z.iso.date(ruleDateError)], ruleDateError);

const months = z.int().min(1).max(600);

const headcountBound = z.strictObject({ value: z.int().min(0).max(1_000_000), inclusive: z.boolean() });

const question = z.string().trim().min(1).max(500);

const countryIn = z.strictObject({
  kind: z.literal('COUNTRY_IN'),
  key: conditionKey,
  countries: z.array(country).min(1).max(249).refine(allDifferent, 'names a country twice'),
});

const regionIn = z.strictObject({
  kind: z.literal('REGION_IN'),
  key: conditionKey,
  regions: z.array(region).min(1).max(500).refine(allDifferent, 'names a region twice'),
});

const headcountBetween = z
  .strictObject({
    kind: z.literal('HEADCOUNT_BETWEEN'),
    key: conditionKey,
    min: headcountBound.optional(),
    max: headcountBound.optional(),
    asOf: ruleDate,
  })
  .refine(({ min, max }) => min !== undefined || max !== undefined, 'needs "min", "max" or both')
  .refine(
    ({ min, max }) =>
      !min || !max || min.value < max.value || (min.value === max.value && min.inclusive && max.inclusive),
    'has bounds that no headcount can meet',
  );

const tradingFor = z
  .strictObject({
    kind: z.literal('TRADING_FOR'),
    key: conditionKey,
    moreThanMonths: months.optional(),
    atLeastMonths: months.optional(),
    at: ruleDate,
  })
  .refine(
    (condition) => (condition.moreThanMonths === undefined) !== (condition.atLeastMonths === undefined),
    'needs exactly one of "moreThanMonths" and "atLeastMonths"',
  );

const forProfit = z.strictObject({ kind: z.literal('FOR_PROFIT'), key: conditionKey });

const holdsBadge = z.strictObject({
  kind: z.literal('HOLDS_BADGE'),
  key: conditionKey,
  // PostgreSQL writes uuids in lower case; training facts are found by equality.
  courseId: z.guid('must be the id of a course').toLowerCase(),
  withinMonths: months.optional(),
});

const humanReview = z.strictObject({
  kind: z.literal('HUMAN_REVIEW'),
  key: conditionKey,
  question: z.strictObject({ en: question, fr: question }),
});

/** The business is in one of the countries (ISO 3166-1 alpha-2). */
export type CountryIn = z.infer<typeof countryIn>;
/** The business is in one of the regions (ISO 3166-2). */
export type RegionIn = z.infer<typeof regionIn>;
/** Headcount on a date lies within bounds, each of which says whether it is included. `CLOSE` is the call's local closing date. */
export type HeadcountBetween = z.infer<typeof headcountBetween>;
/** Calendar months of trading on a date: `moreThanMonths: 12` refuses exactly 12, `atLeastMonths: 12` takes it. */
export type TradingFor = z.infer<typeof tradingFor>;
/** The business is run for profit. */
export type ForProfit = z.infer<typeof forProfit>;
/** Somebody of the business holds a valid badge of the course, issued at most `withinMonths` calendar months ago. */
export type HoldsBadge = z.infer<typeof holdsBadge>;
/** Only a person can tell. TRUE when the recorded answer to the question is yes. */
export type HumanReview = z.infer<typeof humanReview>;

/** A leaf of the rule tree. Its `key` is unique in the tree. */
export type Condition =
  CountryIn | RegionIn | HeadcountBetween | TradingFor | ForProfit | HoldsBadge | HumanReview;

/** An eligibility rule: operators over conditions, stored as JSON. */
export type RuleNode =
  | { kind: 'ALL'; of: RuleNode[] }
  | { kind: 'ANY'; of: RuleNode[] }
  | { kind: 'AT_LEAST'; n: number; of: RuleNode[] }
  | { kind: 'NOT'; of: RuleNode }
  | Condition;

const node: z.ZodType<RuleNode> = z.lazy(() => {
  const list = z.array(node).min(1);
  return z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('ALL'), of: list }),
    z.strictObject({ kind: z.literal('ANY'), of: list }),
    z
      .strictObject({ kind: z.literal('AT_LEAST'), n: z.int().min(1), of: list })
      .refine((gate) => gate.n <= gate.of.length, {
        path: ['n'],
        error: 'asks for more than the list holds',
      }),
    z.strictObject({ kind: z.literal('NOT'), of: node }),
    countryIn,
    regionIn,
    headcountBetween,
    tradingFor,
    forProfit,
    holdsBadge,
    humanReview,
  ]);
});

/**
 * The schema of a stored rule. Unknown keys are refused everywhere. Size and depth are checked first and without
 * recursion, so hostile JSON cannot exhaust the stack.
 */
export const ruleTreeSchema: z.ZodType<RuleNode> = z
  .unknown()
  .superRefine((value, context) => {
    const message = excessOf(value);
    if (message) context.addIssue({ code: 'custom', message });
  })
  .pipe(node)
  .superRefine((tree, context) => {
    const first = new Map<string, string>();
    for (const { condition, path } of conditionsOf(tree)) {
      const earlier = first.get(condition.key);
      if (earlier === undefined) first.set(condition.key, pathText(path));
      else
        context.addIssue({
          code: 'custom',
          path: [...path, 'key'],
          message: `"${condition.key}" is already the key of ${earlier}`,
        });
    }
  });

/** One thing wrong in a rule: where (`rule.of[0].asOf`) and what, as a sentence that starts with the place. */
export interface RuleProblem {
  readonly path: string;
  readonly message: string;
}

/** A rule read from outside: the tree, or everything wrong with it. */
export type RuleReading =
  | { readonly ok: true; readonly tree: RuleNode }
  | { readonly ok: false; readonly problems: readonly RuleProblem[] };

/** Reads a rule from untrusted JSON. Never throws. */
export function readRuleTree(value: unknown): RuleReading {
  const parsed = ruleTreeSchema.safeParse(value);
  if (parsed.success) return { ok: true, tree: parsed.data };
  const problems = parsed.error.issues.map((issue) => {
    const path = pathText(issue.path);
    return { path, message: `${path}: ${problemText(issue)}` };
  });
  return { ok: false, problems };
}

/** The conditions of a tree in reading order, with their paths and whether they stand under an odd number of NOTs. */
export function conditionsOf(
  tree: RuleNode,
  path: readonly PropertyKey[] = [],
  negated = false,
): { condition: Condition; path: readonly PropertyKey[]; negated: boolean }[] {
  switch (tree.kind) {
    case 'ALL':
    case 'ANY':
    case 'AT_LEAST':
      return tree.of.flatMap((child, index) => conditionsOf(child, [...path, 'of', index], negated));
    case 'NOT':
      return conditionsOf(tree.of, [...path, 'of'], !negated);
    default:
      return [{ condition: tree, path, negated }];
  }
}

/** The courses a rule names, each once, in reading order: those whose TrainingFact an evaluation needs. */
export function courseIdsOf(tree: RuleNode): string[] {
  return distinctCourses(conditionsOf(tree));
}

/** The courses whose badge a rule asks for; not those whose badge it asks not to hold. */
export function courseIdsAskedBy(tree: RuleNode): string[] {
  return distinctCourses(conditionsOf(tree).filter(({ negated }) => !negated));
}

function distinctCourses(conditions: readonly { condition: Condition }[]): string[] {
  const ids = conditions.flatMap(({ condition }) =>
    condition.kind === 'HOLDS_BADGE' ? [condition.courseId] : [],
  );
  return [...new Set(ids)];
}

/** A place in the tree as a person reads it: `rule`, `rule.of[2].min`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : `${text}.${String(step)}`),
    'rule',
  );
}

function problemText(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys')
    return `unknown key ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}`;
  if (issue.code === 'invalid_union' && issue.path.at(-1) === 'kind')
    return 'is not a known kind of condition or operator';
  return issue.message;
}

function excessOf(value: unknown): string | undefined {
  const pending = [{ value, depth: 1 }];
  let count = 0;
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (next.depth > MAX_RULE_DEPTH) return `is nested more than ${MAX_RULE_DEPTH} deep`;
    count += 1;
    if (count > MAX_RULE_NODES) return `has more than ${MAX_RULE_NODES} conditions and operators`;
    const of =
      typeof next.value === 'object' && next.value !== null ? (next.value as { of?: unknown }).of : undefined;
    const children: readonly unknown[] = Array.isArray(of) ? of : of === undefined ? [] : [of];
    for (const child of children) pending.push({ value: child, depth: next.depth + 1 });
  }
  return undefined;
}

function allDifferent(codes: readonly string[]): boolean {
  return new Set(codes).size === codes.length;
}
