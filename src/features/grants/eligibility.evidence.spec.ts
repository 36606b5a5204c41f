import { courseA, review } from '../../../test/support/eligibility.builders.js';
import type { Condition } from './eligibility.conditions.js';
import { evidenceSentence, sourceName } from './eligibility.evidence.js';
import type { Evidence } from './eligibility.judgement.js';

const context = {
  timeZone: 'Europe/Paris',
  courseTitles: { [courseA]: { en: 'Get found online', fr: 'Être trouvé en ligne' } },
  regionNames: { 'FR-BRE': { en: 'Brittany', fr: 'Bretagne' } },
  viewerId: 'me',
  names: new Map([['nadia', 'Nadia']]),
};
const badge: Condition = { kind: 'HOLDS_BADGE', key: 'badge', courseId: courseA };

/** Both languages' sentences, no-break spaces shown as a tilde. */
const said = (evidence: Evidence, condition: Condition = review('it')): string[] =>
  (['en', 'fr'] as const).map((locale) =>
    evidenceSentence(evidence, condition, locale, context).replaceAll(/[\u00a0\u202f]/g, '~'),
  );
/** A fact of a day in Paris that is the day before in UTC. */
const stated = (kind: Evidence['kind'], value: Evidence['value'], source = 'me'): Evidence => ({
  kind,
  value,
  asOf: '2019-03-01',
  recordedAt: '2019-02-28T23:30:00Z',
  source,
});

it.each<[Evidence, string, string]>([
  [
    stated('HEADCOUNT', 4),
    'Headcount: 4, stated by you on 1 March 2019',
    'Effectif~: 4, déclaré par vous le 1er mars 2019',
  ],
  [
    stated('HEADCOUNT', 1200, 'nadia'),
    'Headcount: 1,200, stated by Nadia on 1 March 2019',
    'Effectif~: 1~200, déclaré par Nadia le 1er mars 2019',
  ],
  [
    { ...stated('HEADCOUNT', 4, 'nameless'), asOf: '2019-01-01' },
    'Headcount: 4 (as of 1 January 2019), stated by the business on 1 March 2019',
    'Effectif~: 4 (au 1er janvier 2019), déclaré par l’entreprise le 1er mars 2019',
  ],
  [
    stated('COUNTRY', 'BE'),
    'Country: Belgium, stated by you on 1 March 2019',
    'Pays~: Belgique, déclaré par vous le 1er mars 2019',
  ],
  [
    stated('REGION', 'FR-BRE'),
    'Region: Brittany, stated by you on 1 March 2019',
    'Région~: Bretagne, déclarée par vous le 1er mars 2019',
  ],
  [
    stated('REGION', 'DE-BY', ''),
    'Region: DE-BY, stated by the business on 1 March 2019',
    'Région~: DE-BY, déclarée par l’entreprise le 1er mars 2019',
  ],
  [
    stated('FOR_PROFIT', false),
    'For-profit business: no, stated by you on 1 March 2019',
    'Entreprise à but lucratif~: non, déclaré par vous le 1er mars 2019',
  ],
  [
    { ...stated('TRADING_SINCE', '2018-05-02'), asOf: '2018-05-02' },
    'Start of trading: 2 May 2018, stated by you on 1 March 2019',
    'Début d’activité~: 2 mai 2018, déclaré par vous le 1er mars 2019',
  ],
])('says what, by whom and when: %j', (evidence, english, french) => {
  expect(said(evidence)).toEqual([english, french]);
});

it('names the course of a badge and its day, and whether it lapsed, but not its holder', () => {
  const issued: Evidence = {
    kind: 'BADGE',
    value: 'VALID',
    recordedAt: '2026-03-04T23:30:00Z',
    source: 'nadia',
    certificateId: 'certificate',
  };
  expect(said(issued, badge)).toEqual([
    'Badge of “Get found online”: issued on 5 March 2026',
    'Badge de «~Être trouvé en ligne~»~: délivré le 5 mars 2026',
  ]);
  expect(said({ ...issued, value: 'EXPIRED' }, badge)).toEqual([
    'Badge of “Get found online”: issued on 5 March 2026, no longer valid',
    'Badge de «~Être trouvé en ligne~»~: délivré le 5 mars 2026, plus valable',
  ]);
});

it('says how long a course still takes', () => {
  expect(said({ kind: 'MINUTES_REMAINING', value: 25 }, badge)).toEqual([
    'Course “Get found online”: about 25 minutes left',
    'Formation «~Être trouvé en ligne~»~: encore environ 25 minutes',
  ]);
  expect(said({ kind: 'MINUTES_REMAINING', value: 0 }, badge)).toEqual([
    'Course “Get found online”: finished, its badge is being issued',
    'Formation «~Être trouvé en ligne~»~: terminée, son badge est en cours d’émission',
  ]);
});

it('repeats the question that the program answered', () => {
  const answer: Evidence = {
    kind: 'HUMAN_ANSWER',
    value: true,
    recordedAt: '2026-03-04T10:00:00Z',
    source: 'nadia',
  };
  expect(said(answer)).toEqual([
    'The program’s answer to “Is it so?”: yes, given on 4 March 2026',
    'Réponse du programme à «~Est-ce it ?~»~: oui, donnée le 4 mars 2026',
  ]);
});

it('names who said so, or the business', () => {
  expect(sourceName(stated('HEADCOUNT', 4, 'nadia'), 'fr', context)).toBe('Nadia');
  expect(sourceName(stated('HEADCOUNT', 4, ''), 'fr', context)).toBe('l’entreprise');
});
