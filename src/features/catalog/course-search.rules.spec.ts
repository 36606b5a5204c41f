import { excerptParts, searchWords } from './course-search.rules.js';

describe('the words of a search', () => {
  it.each([
    ['Facture', ['facture']],
    ['l’entreprise d’à côté', ['entreprise', 'côté']],
    ['e-mail & co | (x) !:*<->', ['mail', 'co']],
    ['ﬁche Œuvre', ['fiche', 'œuvre']],
    ['2026 5 a b', ['2026', '5']],
    ['deux deux', ['deux']],
    ['\0\t\n', []],
    ['& | ! : *', []],
  ])('of %j are %j', (typed, words) => {
    expect(searchWords(typed)).toEqual(words);
  });

  it('are few, however much is typed', () => {
    expect(searchWords('x'.repeat(10_000))).toEqual(['x'.repeat(200)]);
    expect(searchWords(Array.from({ length: 500 }, (_, index) => index).join(' '))).toHaveLength(20);
  });
});

describe('an excerpt', () => {
  it('is cut at what is marked, whatever else it looks like', () => {
    expect(excerptParts("pour l'\ue000entreprise\ue001 <b>et\n ses\ue000factures\ue001")).toEqual([
      { text: 'pour l’', highlighted: false },
      { text: 'entreprise', highlighted: true },
      { text: ' <b>et ses', highlighted: false },
      { text: 'factures', highlighted: true },
    ]);
  });

  it('is none when nothing is marked', () => {
    expect(excerptParts('the beginning of a text')).toBeNull();
  });
});
