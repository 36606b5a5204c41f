import fc from 'fast-check';
import { placeLesson, placeModule, type OutlineOrder } from './structure.rules.js';

const order: OutlineOrder = [
  { moduleId: 'A', lessonIds: ['a', 'b', 'c'] },
  { moduleId: 'B', lessonIds: [] },
  { moduleId: 'C', lessonIds: ['d'] },
];
const brief = (some: OutlineOrder): string =>
  some.map(({ moduleId, lessonIds }) => moduleId + lessonIds.join('')).join(' ');

describe('placeLesson', () => {
  it.each([
    ['down by one', 'a', 'A', 1, 'Abac B Cd'],
    ['to the end', 'a', 'A', 99, 'Abca B Cd'],
    ['to the front', 'c', 'A', 0, 'Acab B Cd'],
    ['where it is', 'b', 'A', 1, 'Aabc B Cd'],
    ['into an empty module', 'b', 'B', 5, 'Aac Bb Cd'],
    ['to another module', 'd', 'A', 1, 'Aadbc B C'],
    ['a new one', 'n', 'C', 0, 'Aabc B Cnd'],
  ])('moves %s', (_what, lesson, moduleId, index, expected) => {
    expect(brief(placeLesson(order, lesson, { moduleId, index }))).toBe(expected);
  });

  it('loses nothing and doubles nothing, wherever it goes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('a', 'b', 'c', 'd'),
        fc.constantFrom('A', 'B', 'C'),
        fc.nat(9),
        (id, moduleId, index) => {
          const all = placeLesson(order, id, { moduleId, index }).flatMap(({ lessonIds }) => lessonIds);
          expect([...all].sort()).toEqual(['a', 'b', 'c', 'd']);
        },
      ),
    );
  });
});

describe('placeModule', () => {
  it.each([
    ['to the end', 'A', 9, 'B Cd Aabc'],
    ['to the front', 'C', 0, 'Cd Aabc B'],
    ['a new one', 'N', 1, 'Aabc N B Cd'],
  ])('moves %s', (_what, moduleId, index, expected) => {
    expect(brief(placeModule(order, moduleId, index))).toBe(expected);
  });
});
