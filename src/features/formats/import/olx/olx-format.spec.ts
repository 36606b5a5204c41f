import { readFormat, sourceFiles } from '../../../../../test/support/source-files.js';
import { plainText } from '../../../catalog/block-document.js';
import { olxFormat } from './olx-format.js';

const PROBLEM = `<problem display_name="Rent">
<multiplechoiceresponse><p>Intro <b>text</b></p><label>What is rent?</label><description>One is right.</description>
<choicegroup><choice correct="true">A <i>cost</i><choicehint>Yes</choicehint></choice><choice correct="false">A sale</choice></choicegroup>
</multiplechoiceresponse>
<solution><p>Explanation</p></solution>
</problem>`;

const course = (
  vertical: string,
  more: Record<string, string | Buffer> = {},
): Record<string, string | Buffer> => ({
  'course/course.xml': '<course url_name="2026" org="o" course="c"/>',
  'course/course/2026.xml':
    '<course display_name="Selling online" language="fr">\n<chapter url_name="c1"/></course>',
  'course/chapter/c1.xml': '<chapter display_name="Prices">\n<sequential url_name="s1"/>\n</chapter>',
  'course/sequential/s1.xml': '<sequential display_name="Costs"><vertical url_name="v1"/></sequential>',
  'course/vertical/v1.xml': vertical,
  ...more,
});

describe('Open edX OLX', () => {
  it('makes modules of chapters, lessons of verticals, and one quiz of the problems of a sequential', async () => {
    const {
      course: read,
      questions,
      told,
    } = await readFormat(
      olxFormat,
      course(
        '<vertical display_name="Page"><html url_name="h1"/><video url_name="vid" youtube="1.00:abc_1" display_name="Film"/><problem url_name="p1"/></vertical>',
        {
          'course/html/h1.xml': '<html filename="h1" display_name="Text"/>',
          'course/html/h1.html':
            '<p>Rent is a cost.</p><img src="/static/a.png" alt="A shop"><script>x</script>',
          'course/problem/p1.xml': PROBLEM,
          'course/static/a.png': Buffer.from('\x89PNG', 'latin1'),
          'course/static/b.png': 'b',
          'course/policies/2026/policy.json': '{}',
          'course/about/overview.html': '<p>About</p>',
        },
      ),
    );
    expect(questions).toEqual([]);
    expect(read).toMatchObject({
      slug: 'a-course',
      defaultLocale: 'fr',
      locales: ['fr'],
      title: { fr: 'Selling online' },
    });
    expect(read?.modules).toMatchObject([{ key: 'c1', title: { fr: 'Prices' } }]);
    const [lesson, quiz] = read!.modules[0]!.lessons;
    expect(lesson).toMatchObject({ key: 'v1', kind: 'READING', title: { fr: 'Costs' }, estimatedMinutes: 6 });
    expect(lesson?.body?.['fr']?.content.map(({ type }) => type)).toEqual(['paragraph', 'image', 'video']);
    expect(quiz).toMatchObject({ key: 's1-quiz', kind: 'QUIZ', title: { fr: 'Costs' } });
    expect(quiz?.quiz?.questions).toMatchObject([
      {
        key: 'p1',
        kind: 'SINGLE_CHOICE',
        options: [
          { text: { fr: 'A cost' }, feedback: { fr: 'Yes' }, correct: true },
          { text: { fr: 'A sale' }, correct: false },
        ],
        explanation: { fr: 'Explanation' },
      },
    ]);
    expect(plainText(quiz!.quiz!.questions[0]!.prompt['fr']!)).toBe(
      'Intro text\nWhat is rent?\nOne is right.',
    );
    expect(told).toEqual([
      'ERROR HTML course/html/h1.html:1',
      'WARNING FILE_UNKNOWN course/static/b.png:1',
      'WARNING FILE_UNKNOWN course/policies/2026/policy.json:1',
      'WARNING FILE_UNKNOWN course/about/overview.html:1',
    ]);
  });

  it('understands the common kinds of problems, and several in one', async () => {
    const { course: read, told } = await readFormat(
      olxFormat,
      course(`<vertical><problem url_name="many">
<p>Which?</p>
<choiceresponse><checkboxgroup><choice correct="true">a</choice><choice correct="false">b</choice></checkboxgroup></choiceresponse>
<p>Choose.</p><optionresponse><optioninput options="('x','y')" correct="y"/></optionresponse>
<div><p>Choose again.</p><optionresponse><optioninput><option correct="True">x<optionhint>!</optionhint></option><option>y</option></optioninput></optionresponse></div>
<stringresponse answer="Paris" type="ci"><label>Capital?</label><additional_answer answer="Lutetia"/><stringequalhint answer="Rome">No</stringequalhint><textline/></stringresponse>
<numericalresponse answer="200"><label>Number?</label><responseparam type="tolerance" default="5%"/><formulaequationinput/></numericalresponse>
<numericalresponse answer="[5, 7)"><label>Range?</label></numericalresponse>
</problem></vertical>`),
    );
    expect(told).toEqual([]);
    const questions = read!.modules[0]!.lessons[0]!.quiz!.questions;
    expect(questions.map(({ key, kind, prompt }) => [key, kind, plainText(prompt['fr']!)])).toEqual([
      ['many', 'MULTIPLE_CHOICE', 'Which?'],
      ['many-2', 'SINGLE_CHOICE', 'Choose.'],
      ['many-3', 'SINGLE_CHOICE', 'Choose again.'],
      ['many-4', 'SHORT_TEXT', 'Capital?'],
      ['many-5', 'NUMBER', 'Number?'],
      ['many-6', 'NUMBER', 'Range?'],
    ]);
    expect(questions[1]?.options.map(({ correct }) => correct)).toEqual([false, true]);
    expect(questions[3]?.options.map(({ text, correct }) => [text['fr'], correct])).toEqual([
      ['Paris', true],
      ['Lutetia', true],
      ['Rome', false],
    ]);
    expect(questions[4]?.options[0]?.number).toEqual({ value: 200, tolerance: 10 });
    expect(questions[5]?.options[0]?.number).toEqual({ value: 6, tolerance: 1 });
  });

  it('reports what it does not know, what is missing and what turns in a circle, and keeps the rest', async () => {
    const { course: read, told } = await readFormat(
      olxFormat,
      course(
        `<vertical>
<html url_name="gone"/>
<vertical url_name="v1"/>
<discussion url_name="d" display_name="Talk"/>
<problem url_name="script" display_name="S"><script>x = 1</script><numericalresponse answer="$x"/></problem>
<problem url_name="custom" display_name="C"><p>Draw</p><customresponse/></problem>
<problem url_name="regexp"><stringresponse answer="^a" type="ci regexp"/></problem>
<video url_name="film" display_name="F" html5_sources='["https://example.org/a.mp4"]'/>
<html url_name="inline"><p>Kept</p></html>
</vertical>`,
        {
          'course/chapter/c1.xml':
            '<chapter display_name="Prices">\n<sequential url_name="s1"/>\n<sequential url_name="s2"/></chapter>',
        },
      ),
    );
    expect(plainText(read!.modules[0]!.lessons[0]!.body!['fr']!)).toBe('F\nKept');
    expect(told).toEqual([
      'ERROR FILE_MISSING course/chapter/c1.xml:3',
      'ERROR FILE_MISSING course/vertical/v1.xml:2',
      'ERROR REFERENCE_CYCLE course/vertical/v1.xml:3',
      'ERROR BLOCK_UNKNOWN course/vertical/v1.xml:4',
      'ERROR QUESTION_KIND course/vertical/v1.xml:5',
      'ERROR QUESTION_KIND course/vertical/v1.xml:6',
      'ERROR QUESTION_ANSWER course/vertical/v1.xml:7',
      'WARNING HTML course/vertical/v1.xml:8',
    ]);
  });

  it.each([
    ['is no course', { 'a/readme.txt': 'x' }, 'ERROR COURSE_MISSING a/readme.txt:1'],
    ['is empty', { 'course.xml': '<course/>' }, 'ERROR COURSE_MISSING course.xml:1'],
    ['is broken', { 'course.xml': '<course>' }, 'ERROR XML_MALFORMED course.xml:1'],
    ['points nowhere', { 'course.xml': '<course url_name="x"/>' }, 'ERROR FILE_MISSING course.xml:1'],
  ])('refuses a folder that %s', async (_what, files, expected) => {
    const { course: read, told } = await readFormat(olxFormat, files);
    expect(read).toBeNull();
    expect(told).toEqual([expected]);
  });

  it('is recognized by its course.xml', async () => {
    expect(
      await olxFormat.recognizes(
        sourceFiles({ 'c/course.xml': '<?xml version="1.0"?>\n<!-- a -->\n<course url_name="x"/>' }),
      ),
    ).toBe(true);
    expect(await olxFormat.recognizes(sourceFiles({ 'course.xml': '<quiz/>' }))).toBe(false);
    expect(await olxFormat.recognizes(sourceFiles({ 'a.xml': '<course/>' }))).toBe(false);
  });
});
