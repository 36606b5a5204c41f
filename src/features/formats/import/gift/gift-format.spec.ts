import { readFormat, sourceFiles } from '../../../../../test/support/source-files.js';
import { plainText } from '../../../catalog/block-document.js';
import type { QuestionContent } from '../../../catalog/course-content.js';
import { giftFormat } from './gift-format.js';

async function read(
  text: string | Buffer,
): Promise<{ questions: QuestionContent[]; told: string[]; messages: string[] }> {
  const { questions, told, problems } = await readFormat(giftFormat, { 'a.gift': text });
  return { questions, told, messages: problems.map(({ message }) => message) };
}

const asked = ({ prompt }: QuestionContent) => plainText(prompt['en']!);

/** Answers in short: `+` right, `-` wrong, weight, text, feedback. */
const answers = ({ options }: QuestionContent) =>
  options.map(
    ({ key, correct, weight, text, match, number, feedback }) =>
      `${correct ? '+' : '-'}${weight ?? ''} ${text['en'] ?? (number ? `${number.value}±${number.tolerance}` : key)}` +
      `${match ? ` -> ${match['en']}` : ''}${feedback ? ` (${feedback['en']})` : ''}`,
  );

describe('GIFT', () => {
  it('understands each kind of question', async () => {
    const { questions, told } = await read(`// Prices
::Rent::What is rent? {
  =A fixed cost#Right!
  ~A variable cost#It stays the same.
}

Which are costs? {~%50%rent ~%50%wages ~%-100%sales ####See lesson 2.}

The shop opens at {~eight =nine} every day.

Rent is a cost.{TRUE#It is.#Well done.}

Name the capital of France. {=Paris =%50%Pari#Nearly ~}

Two plus two? {=four =4}

How do you write 1? {One}

Pi? {#3.14:0.005}

A number? {#
 =1..5
 =%50%7,5
 =%0%9#No.}

Match. {
 =cat -> miaow
 =dog -> woof
 = -> moo
}

Put in order. {>ALL VERTICAL
first
second
}
`);
    expect(told).toEqual(['WARNING QUESTION_ANSWER a.gift:13']);
    expect(questions.map((each) => [each.kind, asked(each), answers(each)])).toEqual([
      [
        'SINGLE_CHOICE',
        'What is rent?',
        ['+ A fixed cost (Right!)', '- A variable cost (It stays the same.)'],
      ],
      ['MULTIPLE_CHOICE', 'Which are costs?', ['+ rent', '+ wages', '- sales']],
      ['SINGLE_CHOICE', 'The shop opens at _____ every day.', ['- eight', '+ nine']],
      ['TRUE_FALSE', 'Rent is a cost.', ['+ true (Well done.)', '- false (It is.)']],
      ['SINGLE_CHOICE', 'Name the capital of France.', ['+ Paris', '-50 Pari (Nearly)']],
      ['SHORT_TEXT', 'Two plus two?', ['+ four', '+ 4']],
      ['SHORT_TEXT', 'How do you write 1?', ['+ One']],
      ['NUMBER', 'Pi?', ['+ 3.14±0.005']],
      ['NUMBER', 'A number?', ['+ 3±2', '+50 7.5±0', '- 9±0 (No.)']],
      ['MATCHING', 'Match.', ['+ cat -> miaow', '+ dog -> woof', '- c -> moo']],
      ['ORDERING', 'Put in order.', ['+ first', '+ second']],
    ]);
    expect(questions[0]?.key).toBe('rent');
    expect(questions[1]?.explanation).toEqual({ en: 'See lesson 2.' });
    expect(questions[1]?.key).toMatch(/^q-[0-9a-f]{10}$/);
  });

  it('reports one bad question by its line, and keeps all others', async () => {
    const { questions, told, messages } = await read(
      [
        'Good? {T}',
        '',
        'Never closed {=a ~b',
        '',
        'Good too? {F}',
        '',
        'Two {=a} pairs {=b} here',
        '',
        '::No end of title {T}',
        '',
        'Weight? {=%1000%a}',
        '',
        'Number? {#abc}',
        '',
        'Pairs? {=a->b =c}',
        '',
        'Stray text? {before =a ~b}',
        '',
        'Nothing right? {~a ~b}',
        '',
        'Stray } here',
        '',
        'Last? {T}',
      ].join('\n'),
    );
    expect(questions.map(asked)).toEqual(['Good?', 'Good too?', 'Last?']);
    expect(told).toEqual([
      ...[3, 7, 9, 11, 13, 15, 17].map((line) => `ERROR QUESTION_STRUCTURE a.gift:${line}`),
      'ERROR QUESTION_ANSWER a.gift:19',
      'ERROR QUESTION_STRUCTURE a.gift:21',
    ]);
    expect(messages[0]).toContain('add "}" after them');
  });

  it('says what to do with essays and descriptions', async () => {
    const { questions, told, messages } = await read('::Bio::Write about yourself. {}\n\nJust text.');
    expect(questions).toEqual([]);
    expect(told).toEqual(['ERROR QUESTION_KIND a.gift:1', 'ERROR QUESTION_KIND a.gift:3']);
    expect(messages[0]).toContain('"Bio" of the kind "essay"');
    expect(messages[0]).toContain('make it an activity');
  });

  it('takes escapes, comments inside, blank lines inside braces and forgotten ones outside', async () => {
    const { questions, told } = await read(`What is \\{1\\}\\: a \\= b \\~ c \\# d\\\\e? {
// a comment
  =yes \\}

  ~no -> "x"
}
Next? {T}
And function f() { return 1; } then? {=a ~b}`);
    expect(told).toEqual([]);
    expect(questions.map(asked)).toEqual([
      'What is {1}: a = b ~ c # d\\e?',
      'Next?',
      'And function f() { return 1; } then?',
    ]);
    expect(answers(questions[0]!)).toEqual(['+ yes }', '- no -> "x"']);
  });

  it('reads each text in its own format', async () => {
    const { questions, told } = await read(`[html]<p class="x">A <b style="color: #f00">bold</b> word</p>
<img src="x.png">{=[plain]a < b ~<i>c</i>}

[markdown]A *soft* word\\n\\n- item{T}

[plain]A <b> word{T}

Line one\\nline two &amp; &eacute;{T}`);
    expect(told).toEqual(['ERROR IMAGE a.gift:2']);
    expect(questions.map(asked)).toEqual([
      'A bold word',
      'A soft word\nitem',
      'A <b> word',
      'Line one\nline two & é',
    ]);
    expect(answers(questions[0]!)).toEqual(['+ a < b', '- c']);
    expect(questions[0]?.prompt['en']?.content[0]).toMatchObject({
      content: [{ text: 'A ' }, { text: 'bold', marks: [{ type: 'bold' }] }, { text: ' word' }],
    });
  });

  it('makes tags of categories and of comments, and keys of ids, each once', async () => {
    const { questions, told } = await read(`$CATEGORY: $course$/top/Online Sales/Prices//Costs

// [id:Q 12] [tag:Seo] [tag:b, c]
::Title::a?{T}

::Title::b?{T}

::Title::c?{T}`);
    expect(told).toEqual([]);
    expect(questions.map(({ key }) => key)).toEqual(['q-12', 'title', 'title-2']);
    expect(questions[0]?.tags).toEqual(['b', 'c', 'online sales', 'prices/costs', 'seo']);
    expect(questions[1]?.tags).toEqual(['online sales', 'prices/costs']);
  });

  it('tells where weights and answers had to be changed', async () => {
    const { questions, told } = await read(
      'Sum? {~%50%a ~%30%b ~c}\n\nTwo right? {=a =b ~c}\n\nFolded? {=Éa =ea}\n\nAny? {=*}\n\nSame? {=a ~a}',
    );
    expect(told).toEqual([
      'WARNING QUESTION_ANSWER a.gift:1',
      'WARNING QUESTION_ANSWER a.gift:3',
      'WARNING QUESTION_ANSWER a.gift:5',
      'ERROR QUESTION_ANSWER a.gift:7',
      'ERROR QUESTION_ANSWER a.gift:9',
    ]);
    expect(questions.map(answers)).toEqual([['+62.5 a', '+37.5 b', '-0 c'], ['+ a', '+ b', '- c'], ['+ Éa']]);
    expect(questions[1]?.kind).toBe('MULTIPLE_CHOICE');
  });

  it.each([
    ['nothing', '', ['ERROR QUESTION_KIND a.gift:1']],
    ['only a category', '$CATEGORY: a', ['ERROR QUESTION_KIND a.gift:1']],
    ['letters in Windows-1252', Buffer.from('Payé? {T}', 'latin1'), ['WARNING ENCODING_DAMAGED a.gift:1']],
    [
      'damaged UTF-8',
      Buffer.concat([Buffer.from('é\n\nx'), Buffer.from([0xff]), Buffer.from('? {T}')]),
      ['ERROR ENCODING_DAMAGED a.gift:3', 'ERROR QUESTION_KIND a.gift:1'],
    ],
    ['NUL', 'a\0? {T}', ['WARNING ENCODING_DAMAGED a.gift:1']],
    ['a program in HTML', '[html]a<script>x</script>? {T}', ['ERROR HTML a.gift:1']],
  ])('says what is wrong with a file that holds %s', async (_what, content, expected) => {
    expect((await read(content)).told).toEqual(expected);
  });

  it('reads 10,000 questions in seconds', async () => {
    const file = Array.from(
      { length: 10_000 },
      (_, n) => `::Q${n}::[html]<p>What is ${n}?</p>{=${n}#Yes ~<b>${n + 1}</b>#No}`,
    );
    const begun = process.cpuUsage();
    const { questions, told } = await read(file.join('\n\n'));
    // Of the processor, in microseconds: the machine may have other work.
    expect(process.cpuUsage(begun).user).toBeLessThan(5_000_000);
    expect(questions).toHaveLength(10_000);
    expect(told).toEqual([]);
  });

  it('answers soon for hostile text', async () => {
    const begun = performance.now();
    for (const piece of ['{', '}', '=', '~', '::', '\\', '<a ', '#', '{}\n', '{\n\n', '%1%', '->', '// [id:'])
      await read(`x{${piece.repeat(100_000)}}`);
    expect(performance.now() - begun).toBeLessThan(20_000);
  });

  it.each([
    ['// c\n::T::a', true],
    ['Who? {=me ~you}', true],
    ['True? {T}', true],
    ['Two? {two}', true],
    ['# Heading\n\nText', false],
    ['<quiz>{=a}</quiz>', false],
    ['Q\nA. a\nB. b\nANSWER: A', false],
    ['\0{=a}', false],
  ])('is recognized by what stands in it: %j', async (text, expected) => {
    expect(await giftFormat.recognizes(sourceFiles({ 'a.txt': text }))).toBe(expected);
  });
});
