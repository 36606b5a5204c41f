import {
  aBadge,
  aCourse,
  aFact,
  aWeekBefore,
  afterTheClose,
  anAnswer,
  courseA,
  factsOf,
  review,
} from '../../../test/support/eligibility.builders.js';
import type { Condition, RuleNode } from './eligibility.conditions.js';
import type { EligibilityFacts, EvaluationInstant, TrainingFact } from './eligibility.facts.js';
import { evaluateEligibility, type ConditionOutcome } from './eligibility.rules.js';
import { actionSentence, conditionSentence, stepSentence } from './eligibility.sentences.js';

const context = {
  timeZone: 'Europe/Paris',
  courseTitles: { [courseA]: { en: 'Get found online', fr: 'Être trouvé en ligne' } },
  regionNames: { 'FR-IDF': { en: 'Île-de-France', fr: 'Île-de-France' } },
};

/** Both languages' sentences about one condition, its no-break spaces shown as a tilde. */
function said(
  condition: Condition,
  facts: Partial<EligibilityFacts>,
  { at = aWeekBefore, negated = false }: { at?: EvaluationInstant; negated?: boolean } = {},
): string[] {
  const tree: RuleNode = negated ? { kind: 'NOT', of: condition } : condition;
  const outcome = evaluateEligibility(tree, factsOf(facts), at).conditions[0] as ConditionOutcome;
  return (['en', 'fr'] as const).map((locale) =>
    conditionSentence(condition, outcome, locale, context).replaceAll('\u00a0', '~'),
  );
}

const size = (min: [number, boolean] | null, max: [number, boolean] | null): Condition => ({
  kind: 'HEADCOUNT_BETWEEN',
  key: 'size',
  ...(min && { min: { value: min[0], inclusive: min[1] } }),
  ...(max && { max: { value: max[0], inclusive: max[1] } }),
  asOf: '2020-01-01',
});

describe('sentences about facts', () => {
  const twelve = { business: [aFact('HEADCOUNT', 12, '2020-01-01')] };

  it('give the headcount, its date and the bounds', () => {
    expect(said(size([2, true], [50, true]), twelve)).toEqual([
      'Headcount on 1 January 2020: 12. Between 2 and 50 is needed.',
      'Effectif au 1er janvier 2020~: 12. Il faut entre 2 et 50 personnes.',
    ]);
    expect(said(size([2, true], [50, true]), {})[0]).toBe(
      'Headcount on 1 January 2020: not stated yet. Between 2 and 50 is needed.',
    );
    expect(said(size([2, true], [50, true]), twelve, { negated: true })).toEqual([
      'Headcount on 1 January 2020: 12. Not accepted: between 2 and 50.',
      'Effectif au 1er janvier 2020~: 12. Non accepté~: entre 2 et 50 personnes.',
    ]);
  });

  it.each([
    [size([2, true], null), 'At least 2 is needed.', 'Il faut au moins 2 personnes.'],
    [size([2, false], null), 'More than 2 is needed.', 'Il faut plus de 2 personnes.'],
    [size(null, [10, true]), 'At most 10 is needed.', 'Il faut au plus 10 personnes.'],
    [size(null, [10, false]), 'Fewer than 10 is needed.', 'Il faut moins de 10 personnes.'],
    [
      size([2, false], [10, true]),
      'More than 2 and at most 10 is needed.',
      'Il faut plus de 2 et au plus 10 personnes.',
    ],
    [size([1, true], [1, true]), 'Exactly 1 is needed.', 'Il faut exactement 1 personne.'],
  ])('say which bounds are included: %#', (condition, en, fr) => {
    const [inEnglish, inFrench] = said(condition, twelve);
    expect(inEnglish).toBe(`Headcount on 1 January 2020: 12. ${en}`);
    expect(inFrench).toBe(`Effectif au 1er janvier 2020~: 12. ${fr}`);
  });

  it('name countries and regions', () => {
    const countries: Condition = { kind: 'COUNTRY_IN', key: 'a', countries: ['BE', 'FR', 'DE'] };
    expect(said(countries, { business: [aFact('COUNTRY', 'CH')] })).toEqual([
      'Country of the business: Switzerland. It must be Belgium, France or Germany.',
      'Pays de l’entreprise~: Suisse. Pays acceptés~: Belgique, France ou Allemagne.',
    ]);
    const regions: Condition = { kind: 'REGION_IN', key: 'a', regions: ['FR-IDF', 'FR-BRE'] };
    expect(said(regions, { business: [aFact('REGION', 'FR-IDF')] }, { negated: true })).toEqual([
      'Region of the business: Île-de-France. It must not be Île-de-France or FR-BRE.',
      'Région de l’entreprise~: Île-de-France. Régions non acceptées~: Île-de-France ou FR-BRE.',
    ]);
    expect(said({ ...regions, regions: ['FR-IDF'] }, {})[1]).toBe(
      'Région de l’entreprise~: pas encore indiquée. Région acceptée~: Île-de-France.',
    );
  });

  it('tell how long a business must have traded, and by when', () => {
    const business = [aFact('TRADING_SINCE', '2026-03-01', '2026-03-01')];
    expect(said({ kind: 'TRADING_FOR', key: 'a', moreThanMonths: 12, at: 'CLOSE' }, { business })).toEqual([
      'Start of trading: 1 March 2026. More than 12 months is needed on 8 October 2026.',
      'Début d’activité~: 1er mars 2026. Il faut plus de 12 mois d’activité au 8 octobre 2026.',
    ]);
    expect(said({ kind: 'TRADING_FOR', key: 'a', atLeastMonths: 1, at: '2020-01-01' }, {})).toEqual([
      'Start of trading: not stated yet. At least 1 month is needed on 1 January 2020.',
      'Début d’activité~: pas encore indiqué. Il faut au moins 1 mois d’activité au 1er janvier 2020.',
    ]);
  });

  it('tell whether the business is for profit', () => {
    expect(said({ kind: 'FOR_PROFIT', key: 'a' }, { business: [aFact('FOR_PROFIT', false)] })).toEqual([
      'For-profit business: no. A for-profit business is needed.',
      'Entreprise à but lucratif~: non. L’entreprise doit être à but lucratif.',
    ]);
  });
});

describe('sentences about badges', () => {
  const badge: Condition = { kind: 'HOLDS_BADGE', key: 'a', courseId: courseA, withinMonths: 6 };
  const course = (given: Partial<TrainingFact> = {}) => ({ training: [aCourse(courseA, given)] });
  const late = { at: { ...aWeekBefore, now: '2026-10-08T21:50:00Z' } };
  const old = course({ badges: [aBadge('2026-01-31T23:30:00Z')] });

  it.each([
    [
      said(badge, course({ badges: [aBadge('2026-09-01T12:00:00Z')] })),
      'Badge of “Get found online”: issued on 1 September 2026.',
      'Badge de «~Être trouvé en ligne~»~: délivré le 1er septembre 2026.',
    ],
    [
      said(badge, course()),
      'Course “Get found online”: not finished yet, about 25 minutes left. Its badge is needed.',
      'Formation «~Être trouvé en ligne~»~: pas encore terminée, encore environ 25 minutes. Son badge est nécessaire.',
    ],
    [
      said(badge, old),
      'Badge of “Get found online”: issued on 1 February 2026. It must be at most 6 months old. The course can be taken again, about 25 minutes.',
      'Badge de «~Être trouvé en ligne~»~: délivré le 1er février 2026. Il doit dater de 6 mois au plus. Vous pouvez refaire la formation, environ 25 minutes.',
    ],
    [
      said(badge, old, { at: afterTheClose }),
      'Badge of “Get found online”: issued on 1 February 2026. It must be at most 6 months old. The course cannot be taken again in time.',
      'Badge de «~Être trouvé en ligne~»~: délivré le 1er février 2026. Il doit dater de 6 mois au plus. La formation ne peut plus être refaite à temps.',
    ],
    [
      said(badge, course(), late),
      'Course “Get found online”: about 25 minutes left, more than there is time for before the close. Its badge is needed.',
      'Formation «~Être trouvé en ligne~»~: encore environ 25 minutes, plus que le temps qui reste avant la clôture. Son badge est nécessaire.',
    ],
    [
      said(badge, course(), { at: afterTheClose }),
      'Course “Get found online”: not finished before the close. Its badge is needed.',
      'Formation «~Être trouvé en ligne~»~: pas terminée avant la clôture. Son badge est nécessaire.',
    ],
    [
      said(badge, course({ available: false })),
      'Course “Get found online”: not available at the moment. Its badge is needed.',
      'Formation «~Être trouvé en ligne~»~: pas disponible pour le moment. Son badge est nécessaire.',
    ],
    [
      said(badge, course({ badges: [aBadge('2026-09-01T12:00:00Z')] }), { negated: true }),
      'Badge of “Get found online”: issued on 1 September 2026. A badge at most 6 months old must not be held.',
      'Badge de «~Être trouvé en ligne~»~: délivré le 1er septembre 2026. Un badge de 6 mois au plus ne doit pas être détenu.',
    ],
    [
      said(badge, course({ badges: [aBadge('2026-09-01T12:00:00Z', { status: 'REVOKED' })] })),
      'Badge of “Get found online”: issued on 1 September 2026, no longer valid. The course can be taken again, about 25 minutes.',
      'Badge de «~Être trouvé en ligne~»~: délivré le 1er septembre 2026, plus valable. Vous pouvez refaire la formation, environ 25 minutes.',
    ],
  ])('case %#', (sentences, en, fr) => {
    expect(sentences).toEqual([en, fr]);
  });
});

describe('sentences about reviews', () => {
  it('repeat the question and tell the answer', () => {
    expect(said(review('shop'), {})).toEqual([
      'Is shop so? Someone from the program will check this.',
      'Est-ce shop ? Une personne du programme le vérifiera.',
    ]);
    expect(said(review('shop'), { humanAnswers: [anAnswer('shop', false)] })).toEqual([
      'Is shop so? The program’s answer: no. It must be yes.',
      'Est-ce shop ? Réponse du programme~: non. Il faut que ce soit oui.',
    ]);
  });
});

describe('sentences about actions', () => {
  function asked(tree: RuleNode, minutesRemaining = 25, at: EvaluationInstant = aWeekBefore): string[][] {
    const facts = factsOf({ training: [aCourse(courseA, { minutesRemaining })] });
    return evaluateEligibility(tree, facts, at).actions.map((action) =>
      (['en', 'fr'] as const).map((locale) =>
        actionSentence(action, locale, 'Europe/Paris').replaceAll('\u00a0', '~'),
      ),
    );
  }
  const badge: Condition = { kind: 'HOLDS_BADGE', key: 'a', courseId: courseA };

  it('say what to do, how long it takes and by when, with the zone', () => {
    expect(asked(badge)).toEqual([
      [
        'Finish the course “Get found online”, about 25 minutes, before 8 October 2026, 23:59 (Europe/Paris)',
        'Terminez la formation «~Être trouvé en ligne~», environ 25 minutes, avant le 8 octobre 2026 à 23~h~59 (Europe/Paris)',
      ],
    ]);
    expect(asked(badge, 125)[0]?.[0]).toContain(', about 2 hours 5 minutes, ');
    expect(asked(badge, 1)[0]?.[1]).toContain(', environ 1 minute, ');
    expect(asked(badge, 0)[0]?.[0]).toBe('Nothing to do: the badge of “Get found online” is being issued');
  });

  it('say which fact is missing', () => {
    expect(asked(size([2, true], null))).toEqual([
      [
        'Tell us how many people were in your business on 1 January 2020, before 8 October 2026, 23:59 (Europe/Paris)',
        'Indiquez l’effectif de votre entreprise au 1er janvier 2020, avant le 8 octobre 2026 à 23~h~59 (Europe/Paris)',
      ],
    ]);
    expect(asked({ kind: 'FOR_PROFIT', key: 'a' }, 0, afterTheClose)).toEqual([
      ['Tell us whether your business is run for profit', 'Indiquez si votre entreprise est à but lucratif'],
    ]);
  });

  it('ask nothing of the person while a review is pending', () => {
    expect(asked(review('shop'))).toEqual([
      [
        'Nothing to do for now: the program will check “Is shop so?”',
        'Rien à faire pour l’instant~: le programme vérifiera «~Est-ce shop ?~»',
      ],
    ]);
  });

  it('name the steps of a course', () => {
    const step = { kind: 'QUIZ', title: { fr: 'Vos horaires' }, minutes: 10 } as const;
    expect(stepSentence(step, 'fr').replaceAll('\u00a0', '~')).toBe(
      'Réussissez le quiz «~Vos horaires~», environ 10 minutes',
    );
    expect(stepSentence(step, 'en')).toBe('Pass the quiz “Vos horaires”, about 10 minutes');
  });
});
