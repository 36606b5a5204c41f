import { readRosterFile } from '../../src/features/rosters/roster-file.js';
import { MOST_ROWS, RosterRefused } from '../../src/features/rosters/roster.rules.js';
import { zipped } from '../support/archives.js';
import { aWorkbook, workbookFiles } from '../support/rosters.js';

const read = async (content: Buffer | string, name = 'people.csv') =>
  (await readRosterFile(name, Buffer.from(content))).rows;
const brief = async (content: Buffer | string, name?: string) =>
  (await read(content, name)).map(({ line, email, outcome, reasonCode }) => [
    line,
    email,
    outcome,
    reasonCode,
  ]);
async function refusal(content: Buffer | string, name?: string): Promise<string> {
  try {
    await read(content, name);
  } catch (error) {
    if (!(error instanceof RosterRefused)) throw error;
    expect(error.sentence.fr).not.toBe(error.sentence.en);
    return error.sentence.en;
  }
  throw new Error('It was read.');
}

describe('a roster file', () => {
  it.each([
    ['commas', 'email,name,language\na@b.fr,Ana B,fr\n'],
    ['semicolons, as a French Excel writes', 'email;name;language\r\na@b.fr;Ana B;fr\r\n'],
    ['tabs', 'email\tname\tlanguage\na@b.fr\tAna B\tfr'],
    ['the mark of UTF-8', '\uFEFFemail,name,language\na@b.fr,Ana B,fr\n'],
    ['French names of columns', 'Adresse e-mail;Nom complet;Langue\na@b.fr;Ana B;Français\n'],
    ['given and family names', 'Prénom;NOM;Courriel;Langue\nAna;B;A@B.fr;fr-FR\n'],
    ['columns that nobody asked for', 'phone,email,name,language\n012,a@b.fr,Ana B,fr,surplus\n'],
    ['quoted delimiters', 'email,name,language\n"a@b.fr","Ana B",fr\n'],
  ])('is read with %s', async (_what, content) => {
    expect(await read(content)).toMatchObject([
      { line: 2, email: 'a@b.fr', name: 'Ana B', locale: 'fr', outcome: 'TO_ENROLL' },
    ]);
  });

  it('is read as a workbook, numbers included, as is the same list as text', async () => {
    const rows = [
      ['email', 'name', 'language', 'SIREN'],
      ['a@b.fr', 'Ana & B', 'en', 812345678],
      ['', '', '', ''],
      ['c@d.fr', '', '', ''],
    ];
    const expected = [
      { line: 2, email: 'a@b.fr', name: 'Ana & B', locale: 'en', registrationNumber: '812345678' },
      { line: 4, email: 'c@d.fr', name: null, locale: null, registrationNumber: null },
    ];
    expect(await read(await aWorkbook(rows), 'people.xlsx')).toMatchObject(expected);
    expect(await read(rows.map((row) => row.join(';')).join('\n'))).toMatchObject(expected);
  });

  it('reads rich and inline texts of a workbook, and what a register’s number became in it', async () => {
    const sheet = `<row><c t="inlineStr"><is><t>email</t></is></c><c t="str"><v>siren</v></c></row>
      <row><c t="s"><v>0</v></c><c><v>8.12345678E8</v></c></row>`;
    const strings = '<si><r><t>a@</t></r><r><t>b.fr</t></r><rPh><t>no</t></rPh></si>';
    const content = await zipped(workbookFiles(sheet, strings));
    expect(await read(content, 'people.xlsx')).toMatchObject([
      { line: 2, email: 'a@b.fr', registrationNumber: '812345678' },
    ]);
  });

  it('keeps the line of each row, whatever stands between them', async () => {
    expect(await brief('email,name\n\na@b.fr,"two\nlines"\n,\nc@d.fr,x\n')).toEqual([
      [3, 'a@b.fr', 'TO_ENROLL', null],
      [6, 'c@d.fr', 'TO_ENROLL', null],
    ]);
  });

  it('refuses single rows with a reason, and loses no other for them', async () => {
    const long = 'x'.repeat(121);
    expect(
      await brief(
        `email,name,siren\nnope,A,\n,B,\na@b.fr,C,\nA@B.FR ,D,\nb@b.fr,${long},\nc@b.fr,E,${'9'.repeat(31)}\nd@b.fr,F,1\n`,
      ),
    ).toEqual([
      [2, 'nope', 'REFUSED', 'EMAIL_INVALID'],
      [3, '', 'REFUSED', 'EMAIL_MISSING'],
      [4, 'a@b.fr', 'TO_ENROLL', null],
      [5, 'a@b.fr', 'REFUSED', 'EMAIL_TWICE'],
      [6, 'b@b.fr', 'REFUSED', 'NAME_TOO_LONG'],
      [7, 'c@b.fr', 'REFUSED', 'REGISTRATION_NUMBER_TOO_LONG'],
      [8, 'd@b.fr', 'TO_ENROLL', null],
    ]);
  });

  describe('of OneRoster', () => {
    it('1.1 brings its students, and says why it leaves others out', async () => {
      const content = [
        'sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password',
        '1,active,,true,o,student,u,,Ana,Bel,,,a@b.fr,,,,,secret',
        '2,active,,true,o,teacher,u,,Tom,Lee,,,t@b.fr,,,,,',
        '3,active,,false,o,student,u,,Off,Line,,,o@b.fr,,,,,',
        '4,tobedeleted,,true,o,student,u,,Gone,Soon,,,g@b.fr,,,,,',
        '5,active,,true,o,,u,,No,Role,,,n@b.fr,,,,,',
      ].join('\r\n');
      expect(await brief(content, 'users.csv')).toEqual([
        [2, 'a@b.fr', 'TO_ENROLL', null],
        [3, 't@b.fr', 'SKIPPED', 'NO_STUDENT'],
        [4, 'o@b.fr', 'SKIPPED', 'NOT_ENABLED'],
        [5, 'g@b.fr', 'SKIPPED', 'TO_BE_DELETED'],
        [6, 'n@b.fr', 'SKIPPED', 'NO_STUDENT'],
      ]);
      expect((await read(content))[0]).toMatchObject({ name: 'Ana Bel' });
    });

    it('1.2, which has roles elsewhere, is taken as learners, and says so', async () => {
      const { rows, notes } = await readRosterFile(
        'users.csv',
        Buffer.from(
          'sourcedId,enabledUser,givenName,familyName,preferredGivenName,email\n1,true,Anastasia,B,Ana,a@b.fr\n',
        ),
      );
      expect(rows).toMatchObject([{ email: 'a@b.fr', name: 'Ana B', outcome: 'TO_ENROLL' }]);
      expect(notes[0]!.en).toContain('roles.csv');
    });

    it('is what a role column means; in a list of one’s own it means nothing', async () => {
      expect(await brief('email,role,status\na@b.fr,baker,busy\n')).toEqual([
        [2, 'a@b.fr', 'TO_ENROLL', null],
      ]);
    });
  });

  describe('is refused as a whole, with what to do,', () => {
    it.each<[string, () => Buffer | string | Promise<Buffer>, RegExp, string?]>([
      ['when it is empty', () => '', /is empty/],
      ['when it holds blanks', () => ' \n\n', /is empty|no column/],
      ['when nobody is in it', () => 'email,name\n', /no people below/],
      ['when no column has addresses', () => 'name,phone\nA,1\n', /no column “email”. It reads: name, phone/],
      ['when two columns have', () => 'email,E-Mail\na,b\n', /Two columns.*E-Mail/],
      ['in UTF-16', () => Buffer.from('\uFEFFemail\na@b.fr', 'utf16le'), /UTF-16/],
      [
        'in Windows-1252',
        () => Buffer.from('email,name\na@b.fr,A\nc@d.fr,Zo\xEB\n', 'latin1'),
        /Line 3 .*Windows-1252/,
      ],
      ['with NUL bytes', () => 'email\na@b.fr\n\0\0', /Line 3 .*NUL/],
      [
        'with a quotation mark that is never closed',
        () => 'email,name\na@b.fr,"A\nb@b.fr,B\n',
        /Line \d.*quotation mark/,
      ],
      [
        'with a cell of a megabyte',
        () => `email,name\na@b.fr,${'x'.repeat(1_000_000)}\n`,
        /Line 2 is far too long/,
      ],
      ['of an old Excel', () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), /old Excel/, 'people.xls'],
      [
        'when it is another archive',
        () => zipped([{ path: 'word/document.xml', content: '<a/>' }]),
        /no Excel workbook/,
        'people.xlsx',
      ],
      [
        'when a workbook is cut short',
        async () => (await aWorkbook([['email'], ['a@b.fr']])).subarray(0, 300),
        /damaged/,
        'people.xlsx',
      ],
      ['when a sheet is no XML', () => zipped(workbookFiles('<row>')), /workbook is damaged/, 'people.xlsx'],
      [
        'when a workbook defines entities',
        async () => zipped(workbookFiles('<row><c t="str"><v>&boom;</v></c></row>')),
        /workbook is damaged/,
        'people.xlsx',
      ],
      [
        'when it unpacks to a hundred times its size',
        () => zipped(workbookFiles(`<row><c t="str"><v>${' '.repeat(39_000_000)}</v></c></row>`)),
        /200 times its size/,
        'people.xlsx',
      ],
      [
        'when there are more than 10,000 people',
        () => `email\n${Array.from({ length: MOST_ROWS + 1 }, (_, n) => `p${n}@b.fr`).join('\n')}`,
        /more than 10,000/,
      ],
      [
        'when a sheet has more',
        () => aWorkbook([['email'], ...Array.from({ length: MOST_ROWS + 1 }, (_, n) => [`p${n}@b.fr`])]),
        /more than 10,000/,
        'people.xlsx',
      ],
    ])('%s', async (_what, content, words, ...[name]) => {
      expect(await refusal(await content(), name)).toMatch(words);
    });
  });

  it('of 10,000 people is read whole', async () => {
    const people = Array.from({ length: MOST_ROWS }, (_, n) => [`p${n}@b.fr`]);
    expect(await read(await aWorkbook([['email'], ...people]), 'people.xlsx')).toHaveLength(MOST_ROWS);
    expect(await read(`email\n${people.join('\n')}\n`)).toHaveLength(MOST_ROWS);
  });

  it('with a cell in the last corner of a sheet is read in no time', async () => {
    const sheet = `<row r="1"><c r="A1" t="str"><v>email</v></c></row><row r="1048576"><c r="A1048576" t="str"><v>a@b.fr</v></c><c r="XFD1048576"><v>1</v></c></row>`;
    expect(await brief(await zipped(workbookFiles(sheet)), 'people.xlsx')).toEqual([
      [1_048_576, 'a@b.fr', 'TO_ENROLL', null],
    ]);
  });

  it('with a cell of a megabyte in a workbook refuses its row', async () => {
    const content = await aWorkbook([
      ['email', 'name'],
      ['a@b.fr', 'xy'.repeat(500_000)],
      ['c@d.fr', 'C'],
    ]);
    expect(await brief(content, 'people.xlsx')).toEqual([
      [2, 'a@b.fr', 'REFUSED', 'NAME_TOO_LONG'],
      [3, 'c@d.fr', 'TO_ENROLL', null],
    ]);
  });
});
