import { FileReport, type ImportProblem } from './import-problems.js';
import { childOf, childrenOf, htmlInside, parseXml, textOf, type XmlElement } from './xml-tree.js';

function read(content: string | Buffer): {
  root: XmlElement | null;
  problems: ImportProblem[];
  told: string[];
} {
  const problems: ImportProblem[] = [];
  const root = parseXml(Buffer.from(content as string), new FileReport('a.xml', problems));
  return { root, problems, told: problems.map(({ severity, code, line }) => `${severity} ${code} ${line}`) };
}

describe('parseXml', () => {
  it('gives elements, attributes, namespaces, texts and their lines', () => {
    const { root, problems } = read(
      '<?xml version="1.0"?>\n<!-- a -->\n<x:quiz xmlns:x="urn:x" x:kind="k"\n  lang="en">\n  <q>a<![CDATA[<b>]]> &amp; &nbsp;&eacute;</q>\n <q/></x:quiz>',
    );
    expect(problems).toEqual([]);
    expect(root).toMatchObject({ name: 'quiz', namespace: 'urn:x', line: 3, contentLine: 4 });
    expect({ ...root?.attributes }).toEqual({ kind: 'k', lang: 'en' });
    const [first, second] = childrenOf(root!, 'q');
    expect(textOf(first!)).toBe('a<b> & \u00a0é');
    expect([first?.line, second?.line]).toEqual([5, 6]);
    expect(childOf(root!, 'none')).toBeUndefined();
  });

  it.each([
    [
      'billion laughs',
      '<!DOCTYPE a [\n<!ENTITY b "bb">\n<!ENTITY c "&b;&b;">]>\n<a>&c;</a>',
      'ERROR XML_ENTITY 3',
    ],
    [
      'a file of the server',
      '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
      'ERROR XML_ENTITY 1',
    ],
    ['an entity nobody declared', '<a>\n&nobody;</a>', 'ERROR XML_MALFORMED 2'],
    ['a tag that is not closed', '<a>\n<b></a>', 'ERROR XML_MALFORMED 2'],
    ['a file that was cut off', '<a>\n<b>text', 'ERROR XML_MALFORMED 2'],
    ['a file of another kind', '\n{"a": 1}', 'ERROR XML_MALFORMED 1'],
    ['an empty file', '', 'ERROR XML_MALFORMED 1'],
    ['too many levels', '<a>'.repeat(300), 'ERROR CONTENT_TOO_LARGE 1'],
  ])('refuses %s in a clear line', (_what, content, expected) => {
    const { root, problems, told } = read(content);
    expect(root).toBeNull();
    expect(told).toEqual([expected]);
    expect(problems[0]?.messageFr).not.toBe('');
  });

  it('passes over a document type that declares nothing', () => {
    expect(read('<!DOCTYPE q SYSTEM "ims.dtd">\n<q/>').root?.name).toBe('q');
  });

  it.each([
    ['UTF-8 with a mark', Buffer.from('\uFEFF<a>é</a>')],
    ['UTF-16 with a mark', Buffer.from('\uFEFF<?xml version="1.0" encoding="UTF-16"?><a>é</a>', 'utf16le')],
    ['a declared ISO-8859-1', Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>', 'latin1')],
  ])('reads %s', (_what, content) => {
    const { root, problems } = read(content);
    expect(problems).toEqual([]);
    expect(textOf(root!)).toBe('é');
  });

  it('tells of letters that cannot be read and of control characters, and keeps the rest', () => {
    const { root, told } = read(
      Buffer.concat([Buffer.from('<a>é\n'), Buffer.from([0xff, 0]), Buffer.from('b</a>')]),
    );
    expect(textOf(root!)).toBe('é\n\uFFFDb');
    expect(told).toEqual(['ERROR ENCODING_DAMAGED 2', 'WARNING ENCODING_DAMAGED 2']);
  });

  it('gives XHTML back as HTML, each tag on its line', () => {
    const { root } = read('<a><p\n class="x">a &lt; b<br/></p>\n<b>c</b></a>');
    expect(htmlInside(root!)).toBe('<p\n class="x">a &lt; b<br></p>\n<b>c</b>');
  });
});
