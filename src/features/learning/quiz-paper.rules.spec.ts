import fc from 'fast-check';
import type { QuestionKind, QuestionOption } from '../catalog/course-content.js';
import { drawPaper, opaqueId, shuffleOptions, type Draw, type DrawableQuestion } from './quiz-paper.rules.js';

const question = (
  id: string,
  pool: number | null,
  kind: QuestionKind = 'SINGLE_CHOICE',
): DrawableQuestion => ({
  id: `version of ${id}`,
  questionId: id,
  kind,
  pool,
  options: [...'abcd'].map((key): QuestionOption => ({
    key,
    text: { en: key },
    feedback: null,
    correct: true,
    match: { en: key === 'd' ? 'A' : key.toUpperCase() },
  })),
});
const draw = (changes: Partial<Draw> = {}): Draw => ({
  seed: 'seed',
  settings: { shuffleQuestions: false, shuffleOptions: true },
  pools: [],
  timesAsked: new Map(),
  ...changes,
});
const ids = (questions: DrawableQuestion[], how: Draw): string[] =>
  drawPaper(questions, how).map(({ questionId }) => questionId);

describe('drawPaper', () => {
  const fixed = ['x', 'y', 'z'].map((id) => question(id, null));
  const pool = [...'abcdefgh'].map((id) => question(id, 0));

  it('asks the fixed questions in order, then as many of each pool as it gives', () => {
    const drawn = ids([...fixed, ...pool, question('p', 1)], draw({ pools: [{ count: 3 }, { count: 2 }] }));
    expect(drawn.slice(0, 3)).toEqual(['x', 'y', 'z']);
    expect(drawn).toHaveLength(7); // the second pool has one only
    expect(drawn.at(-1)).toBe('p');
    expect(new Set(drawn).size).toBe(7);
  });

  it('prefers what was never asked, then what was asked least', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.nat(3), { minLength: 8, maxLength: 8 }),
        (seed, count, times) => {
          const timesAsked = new Map(pool.map(({ questionId }, index) => [questionId, times[index]!]));
          const drawn = new Set(ids(pool, draw({ seed, pools: [{ count }], timesAsked })));
          expect(drawn.size).toBe(count);
          const most = Math.max(...[...drawn].map((id) => timesAsked.get(id)!));
          const left = pool.map(({ questionId }) => questionId).filter((id) => !drawn.has(id));
          for (const id of left) expect(timesAsked.get(id)!).toBeGreaterThanOrEqual(most);
        },
      ),
    );
  });

  it('follows from the seed, and draws each about as often', () => {
    const firsts = new Map<string, number>();
    for (let seed = 0; seed < 800; seed += 1) {
      const how = draw({ seed: String(seed), pools: [{ count: 1 }] });
      const [first] = ids(pool, how);
      expect(ids(pool.toReversed(), how)).toEqual([first]);
      firsts.set(first!, (firsts.get(first!) ?? 0) + 1);
    }
    for (const { questionId } of pool) expect(firsts.get(questionId)).toBeGreaterThan(60);
  });

  it('shuffles the questions where asked, and loses none', () => {
    const shuffled = draw({ settings: { shuffleQuestions: true, shuffleOptions: true } });
    const orders = [...'0123456789'].map((seed) => ids(fixed, { ...shuffled, seed }).join(''));
    expect(new Set(orders).size).toBeGreaterThan(2);
    for (const order of orders) expect([...order].sort().join('')).toBe('xyz');
  });

  it('leaves options in order where asked, but never what is to be ordered nor what is to be matched', () => {
    const kinds = ['SINGLE_CHOICE', 'ORDERING', 'MATCHING'] as const;
    const asked = kinds.map((kind) => question(kind, null, kind));
    const papers = Array.from({ length: 20 }, (_, seed) =>
      drawPaper(
        asked,
        draw({ seed: String(seed), settings: { shuffleQuestions: false, shuffleOptions: false } }),
      ),
    );
    const orders = (index: number, list: 'optionKeys' | 'matchKeys') =>
      new Set(papers.map((paper) => paper[index]![list]!.join('')));
    expect([...orders(0, 'optionKeys')]).toEqual(['abcd']);
    expect(orders(1, 'optionKeys').size).toBeGreaterThan(5);
    expect([...orders(2, 'optionKeys')]).toEqual(['abcd']);
    expect(orders(2, 'matchKeys').size).toBeGreaterThan(3);
  });

  it('offers matches that read the same once, and shows no answer that is to be typed', () => {
    const [matching, typed] = drawPaper(
      [question('m', null, 'MATCHING'), question('t', null, 'SHORT_TEXT')],
      draw(),
    );
    expect([...matching!.matchKeys!].sort()).toEqual(['a', 'b', 'c']);
    expect(typed!.optionKeys).toEqual([]);
  });
});

describe('opaqueId', () => {
  it('differs from attempt to attempt, and from question to question', () => {
    const all = [
      opaqueId('s', 'q', 'a'),
      opaqueId('s', 'q', 'b'),
      opaqueId('s', 'r', 'a'),
      opaqueId('t', 'q', 'a'),
    ];
    expect(new Set(all).size).toBe(4);
  });
});

describe('shuffleOptions', () => {
  const keys = ['a', 'b', 'c', 'd'];

  it('loses nothing, and depends on the seed alone', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const order = shuffleOptions('SINGLE_CHOICE', keys, seed);
        expect([...order].sort()).toEqual(keys);
        expect(shuffleOptions('SINGLE_CHOICE', [...keys].reverse(), seed)).toEqual(order);
      }),
    );
  });

  it('puts each option first about as often', () => {
    const firsts = Array.from(
      { length: 400 },
      (_, seed) => shuffleOptions('SINGLE_CHOICE', keys, String(seed))[0],
    );
    for (const key of keys) expect(firsts.filter((first) => first === key).length).toBeGreaterThan(60);
  });

  it('leaves true before false', () => {
    for (const seed of keys)
      expect(shuffleOptions('TRUE_FALSE', ['true', 'false'], seed)).toEqual(['true', 'false']);
  });
});
