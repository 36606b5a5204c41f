import fc from 'fast-check';
import {
  AT_RISK,
  isGone,
  isUrgencyKey,
  riskReasons,
  urgencyKey,
  type UnfinishedFacts,
} from './at-risk.rules.js';
import { reasonSentence } from './at-risk.sentences.js';

const DAY = 86_400_000;
const NOW = new Date('2026-10-07T10:00:00Z');
const ago = (days: number, milliseconds = 0): Date => new Date(NOW.getTime() - days * DAY + milliseconds);
/** Someone doing well: half done in ten days, here yesterday, and a call far away. */
const facts = (given: Partial<UnfinishedFacts> = {}): UnfinishedFacts => ({
  enrolledAt: ago(10),
  lastActivityAt: ago(1),
  requiredLessons: 20,
  doneLessons: 10,
  failedQuiz: null,
  deadline: { closesAt: new Date(NOW.getTime() + 90 * DAY), timeZone: 'Europe/Paris' },
  ...given,
});
const codes = (given: Partial<UnfinishedFacts> = {}): string[] =>
  riskReasons(facts(given), NOW).map(({ code }) => code);

describe('somebody is at risk', () => {
  it('for no reason while they do well', () => {
    expect(codes()).toEqual([]);
  });

  it.each<[string, Partial<UnfinishedFacts>, object[]]>([
    ['idle nine days', { lastActivityAt: ago(10, 1) }, []],
    ['idle ten days', { lastActivityAt: ago(10) }, [{ code: 'NO_ACTIVITY', days: 10 }]],
    ['idle twelve days and a half', { lastActivityAt: ago(12.5) }, [{ code: 'NO_ACTIVITY', days: 12 }]],
    ['idle just short of gone', { lastActivityAt: ago(60, 1) }, [{ code: 'NO_ACTIVITY', days: 59 }]],
    ['nothing done in six days', { enrolledAt: ago(7, 1), doneLessons: 0 }, []],
    ['nothing done in seven', { enrolledAt: ago(7), doneLessons: 0 }, [{ code: 'NOT_STARTED', days: 7 }]],
    [
      'never there again after enrolling: said once',
      { enrolledAt: ago(20), lastActivityAt: ago(20), doneLessons: 0 },
      [{ code: 'NOT_STARTED', days: 20 }],
    ],
    ['two failed attempts', { failedQuiz: { lessonKey: 'q', attempts: 2 } }, []],
    [
      'three',
      { failedQuiz: { lessonKey: 'q', attempts: 3 } },
      [{ code: 'QUIZ_FAILED', lessonKey: 'q', attempts: 3 }],
    ],
  ])('%s', (_, given, reasons) => {
    expect(
      riskReasons(facts({ enrolledAt: ago(60), doneLessons: 19, deadline: null, ...given }), NOW),
    ).toEqual(reasons);
  });

  it('when the rest would take until after the close, at the pace so far', () => {
    // A lesson a day: ten more days for the ten that are missing.
    const deadline = { closesAt: ago(-10), timeZone: 'Europe/Paris' };
    expect(codes({ deadline })).toEqual([]);
    const early = { ...deadline, closesAt: ago(-10, -1) };
    expect(riskReasons(facts({ deadline: early }), NOW)).toEqual([
      { code: 'TOO_SLOW', finishesAt: ago(-10), deadline: early },
    ]);
    expect(codes({ deadline: null })).toEqual([]);
  });

  it('not for their pace before there is one to speak of', () => {
    const deadline = { closesAt: ago(-1), timeZone: 'Europe/Paris' };
    expect(codes({ enrolledAt: ago(7, 1), doneLessons: 1, deadline })).toEqual([]);
    expect(codes({ enrolledAt: ago(7), doneLessons: 1, deadline })).toEqual(['TOO_SLOW']);
    expect(codes({ enrolledAt: ago(7), doneLessons: 0, deadline })).toEqual(['NOT_STARTED']);
  });

  it('no more once they are gone, whatever else is true', () => {
    const given = { lastActivityAt: ago(60), failedQuiz: { lessonKey: 'q', attempts: 9 } };
    expect(isGone(facts(given), NOW)).toBe(true);
    expect(isGone(facts({ lastActivityAt: ago(60, 1) }), NOW)).toBe(false);
    expect(codes(given)).toEqual([]);
  });

  it('for several reasons at once', () => {
    expect(
      codes({
        enrolledAt: ago(40),
        lastActivityAt: ago(30),
        doneLessons: 2,
        failedQuiz: { lessonKey: 'q', attempts: 4 },
        deadline: { closesAt: ago(-90), timeZone: 'Europe/Paris' },
      }),
    ).toEqual(['QUIZ_FAILED', 'TOO_SLOW', 'NO_ACTIVITY']);
  });

  const days = fc.integer({ min: 0, max: 100 });
  it('by figures that are true: no reason is below its threshold, and none lasts beyond gone', () => {
    const any = fc.record({
      enrolled: days,
      idle: days,
      doneLessons: fc.integer({ min: 0, max: 19 }),
      attempts: fc.integer({ min: 1, max: 6 }),
      closesIn: days,
    });
    fc.assert(
      fc.property(any, ({ enrolled, idle, doneLessons, attempts, closesIn }) => {
        const reasons = riskReasons(
          facts({
            enrolledAt: ago(enrolled),
            lastActivityAt: ago(Math.min(idle, enrolled)),
            doneLessons,
            failedQuiz: { lessonKey: 'q', attempts },
            deadline: { closesAt: ago(-closesIn), timeZone: 'Europe/Paris' },
          }),
          NOW,
        );
        for (const reason of reasons) {
          expect(Math.min(idle, enrolled)).toBeLessThan(AT_RISK.goneDays);
          if (reason.code === 'NO_ACTIVITY') expect(reason.days).toBeGreaterThanOrEqual(AT_RISK.idleDays);
          if (reason.code === 'NOT_STARTED') expect(doneLessons).toBe(0);
          if (reason.code === 'TOO_SLOW') expect(reason.finishesAt > reason.deadline.closesAt).toBe(true);
          if (reason.code === 'QUIZ_FAILED') expect(reason.attempts).toBe(attempts);
        }
        expect(new Set(reasons.map(({ code }) => code)).size).toBe(reasons.length);
      }),
    );
  });
});

describe('the list', () => {
  const id = (last: number): string => `00000000-0000-7000-8000-00000000000${last}`;

  it('puts more reasons first, then the longest without activity', () => {
    const some = [
      { reasons: [1], lastActivityAt: ago(5), enrollmentId: id(1) },
      { reasons: [1], lastActivityAt: ago(50), enrollmentId: id(2) },
      { reasons: [1, 2], lastActivityAt: ago(1), enrollmentId: id(3) },
      { reasons: [1], lastActivityAt: ago(50), enrollmentId: id(0) },
    ];
    const keys = some.map((each) => urgencyKey(each));
    expect([...keys].sort().map((key) => key.at(-1))).toEqual(['3', '0', '2', '1']);
    expect(keys.every(isUrgencyKey)).toBe(true);
    for (const other of ['', id(1), `${keys[0]!}0`, keys[0]!.slice(1)])
      expect(isUrgencyKey(other)).toBe(false);
  });
});

describe('a reason', () => {
  const sentences = (reason: Parameters<typeof reasonSentence>[0]): string[] => {
    const titleOf = (key: string): string => `<${key}>`;
    return [reasonSentence(reason, 'en', titleOf), reasonSentence(reason, 'fr', titleOf)];
  };

  it('is said with its figures in the language of the manager', () => {
    expect(sentences({ code: 'NO_ACTIVITY', days: 12 })).toEqual([
      'No activity for 12 days.',
      'Aucune activité depuis 12 jours.',
    ]);
    expect(sentences({ code: 'NOT_STARTED', days: 20 })).toEqual([
      'Enrolled 20 days ago and no required lesson done yet.',
      'Inscription il y a 20 jours, aucune leçon obligatoire terminée.',
    ]);
    expect(sentences({ code: 'QUIZ_FAILED', lessonKey: 'q', attempts: 3 })).toEqual([
      'Failed the quiz “<q>” 3 times.',
      'A échoué 3 fois au quiz « <q> ».',
    ]);
  });

  it('dates by the calendar of the call', () => {
    const reason = (timeZone: string) => ({
      code: 'TOO_SLOW' as const,
      finishesAt: new Date('2026-12-31T22:30:00Z'),
      deadline: { closesAt: new Date('2026-12-01T10:59:00Z'), timeZone },
    });
    expect(sentences(reason('Europe/Paris'))).toEqual([
      'At this pace finished on 31 December 2026; the call closes on 1 December 2026.',
      'À ce rythme, la formation serait terminée le 31 décembre 2026 ; l’appel se clôt le 1er décembre 2026.',
    ]);
    expect(sentences(reason('Pacific/Apia'))[0]).toBe(
      'At this pace finished on 1 January 2027; the call closes on 1 December 2026.',
    );
  });
});
