import { FieldReader } from './front-matter-fields.js';
import { nearestOf, readFrontMatter, type FrontMatter } from './front-matter.js';
import { FileReport, type ImportProblem } from './import-problems.js';

function read(text: string): { matter: FrontMatter | null; fields: FieldReader; problems: ImportProblem[] } {
  const problems: ImportProblem[] = [];
  const report = new FileReport('a.en.md', problems);
  const matter = readFrontMatter(text, ['title', 'minutes', 'required'], report);
  const empty: FrontMatter = { fields: new Map(), lineOf: () => 1, body: '', bodyOffset: 0 };
  return { matter, fields: new FieldReader(matter ?? empty, report), problems };
}

describe('readFrontMatter', () => {
  it('gives the fields, their lines and the body with its distance from the top', () => {
    const { matter, problems } = read('---\ntitle: "A"\nminutes: 4\n---\nBody');
    expect(problems).toEqual([]);
    expect(matter?.fields.get('minutes')).toBe(4);
    expect(matter?.lineOf('minutes')).toBe(3);
    expect(matter).toMatchObject({ body: 'Body', bodyOffset: 4 });
  });

  it.each([
    ['no front matter', 'Body', 'FRONT_MATTER_MISSING', 1],
    ['one that is never closed', '---\ntitle: A\n', 'FRONT_MATTER_UNCLOSED', 1],
    ['a list', '---\n- title\n---\n', 'FRONT_MATTER_INVALID', 2],
    ['nothing between the lines', '---\n---\n', 'FRONT_MATTER_INVALID', 2],
    ['a colon without quotes', '---\nminutes: 4\ntitle: Found: online\n---\n', 'FRONT_MATTER_INVALID', 3],
    ['a field given twice', '---\ntitle: A\ntitle: B\n---\n', 'FRONT_MATTER_INVALID', 3],
    ['an unknown tag', '---\ntitle: !evil A\n---\n', 'FRONT_MATTER_INVALID', 2],
    [
      'a bomb of aliases',
      '---\na: &a [x, x]\nb: &b [*a, *a]\ntitle: [*b, *b]\n---\n',
      'FRONT_MATTER_ALIAS',
      1,
    ],
    ['too much of it', `---\ntitle: ${'a'.repeat(100_000)}\n---\n`, 'FRONT_MATTER_TOO_LARGE', 1],
  ])('refuses %s', (_what, text, code, line) => {
    const { matter, problems } = read(text);
    expect(matter).toBeNull();
    expect(problems).toEqual([expect.objectContaining({ severity: 'ERROR', code, line, file: 'a.en.md' })]);
  });

  it('survives a nesting as deep as the size allows', () => {
    expect(read(`---\ntitle: ${'['.repeat(99_000)}\n---\n`).problems[0]?.code).toBe('FRONT_MATTER_INVALID');
  });

  it('warns of an unknown field and names the nearest known one', () => {
    const { matter, problems } = read('---\ntitle: A\nminuts: 4\n---\n');
    expect(matter?.fields.has('minuts')).toBe(false);
    expect(problems).toEqual([
      expect.objectContaining({ severity: 'WARNING', code: 'FIELD_UNKNOWN', line: 3 }),
    ]);
    expect(problems[0]?.message).toContain('Did you mean "minutes"?');
  });

  it('takes __proto__ for one more unknown field', () => {
    const { problems } = read('---\n__proto__: {polluted: 1}\ntitle: A\n---\n');
    expect(problems.map((problem) => problem.code)).toEqual(['FIELD_UNKNOWN']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('nearestOf', () => {
  it('suggests nothing when nothing is near', () => {
    expect(nearestOf('passpercent', ['title', 'passPercent'])).toBe('passPercent');
    expect(nearestOf('author', ['title', 'minutes'])).toBeNull();
  });
});

describe('FieldReader', () => {
  it('names the field, the line and the bound that does not hold', () => {
    const { fields, problems } = read('---\ntitle: 2024\nminutes: 121\nrequired: maybe\n---\n');
    expect(fields.requiredText('title', 10)).toBeUndefined();
    expect(fields.requiredInteger('minutes', 1, 120)).toBeUndefined();
    expect(fields.boolean('required')).toBeUndefined();
    expect(problems.map(({ line, message }) => `${line} ${message}`)).toEqual([
      '2 "title" must be text between quotes.',
      '3 "minutes" must be a whole number from 1 to 120.',
      '4 "required" must be true or false.',
    ]);
  });

  it.each([
    ['an empty text', '"  "', /empty/],
    ['a text that is too long', '"abcdefghijk"', /at most 10 characters and has 11/],
    ['a NUL', '"a\\0b"', /cannot be stored/],
  ])('refuses %s', (_what, value, message) => {
    const { fields, problems } = read(`---\ntitle: ${value}\n---\n`);
    expect(fields.requiredText('title', 10)).toBeUndefined();
    expect(problems[0]?.message).toMatch(message);
  });

  it('keeps the good entries of a list', () => {
    const { fields, problems } = read('---\ntitle:\n  - one\n  - two: three\n  - four\n---\n');
    expect(fields.requiredList('title', 5, 10)).toEqual(['one', 'four']);
    expect(problems[0]?.message).toContain('entry 2');
  });
});
