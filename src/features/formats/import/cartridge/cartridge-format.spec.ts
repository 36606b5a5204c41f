import { readFormat, sourceFiles } from '../../../../../test/support/source-files.js';
import type { CourseContent } from '../../../catalog/course-content.js';
import { cartridgeFormat } from './cartridge-format.js';

const manifest = (items: string, resources: string, version = '1.3.0'): string =>
  `<manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1" xmlns:lom="http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest">
  <metadata><schema>IMS Common Cartridge</schema><schemaversion>${version}</schemaversion>
    <lom:lom><lom:general><lom:title><lom:string>Selling online</lom:string></lom:title>
    <lom:description><lom:string>A first shop.</lom:string></lom:description></lom:general></lom:lom></metadata>
  <organizations><organization identifier="o" structure="rooted-hierarchy"><item identifier="root">${items}</item></organization></organizations>
  <resources>${resources}</resources></manifest>`;

const page = (id: string, href: string, type = 'webcontent'): string =>
  `<resource identifier="${id}" type="${type}" href="${href}"><file href="${href}"/></resource>`;

/** Modules with their lessons, as far as a trainer sees them at a glance. */
const glance = (course: CourseContent | null) =>
  course?.modules.map(({ title, lessons }) => [
    title.en,
    lessons.map((lesson) => `${lesson.kind} ${lesson.title.en}`),
  ]);

const QUIZ = `<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><assessment ident="quiz" title="Check">
  <qtimetadata><qtimetadatafield><fieldlabel>cc_maxattempts</fieldlabel><fieldentry>3</fieldentry></qtimetadatafield></qtimetadata>
  <section ident="root">
  <item ident="price" title="Price"><itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>cc_profile</fieldlabel>
    <fieldentry>cc.multiple_choice.v0p1</fieldentry></qtimetadatafield></qtimetadata></itemmetadata>
    <presentation><material><mattext texttype="text/html">&lt;p&gt;Which price is shown?&lt;/p&gt;&lt;img src="$IMS-CC-FILEBASE$/tag.png" alt="A tag"/&gt;</mattext></material>
      <response_lid ident="r" rcardinality="Single"><render_choice>
        <response_label ident="a"><material><mattext>With tax</mattext></material></response_label>
        <response_label ident="b"><material><mattext>Without</mattext></material></response_label></render_choice></response_lid></presentation>
    <resprocessing><outcomes><decvar varname="SCORE" maxvalue="100" minvalue="0"/></outcomes>
      <respcondition continue="Yes"><conditionvar><varequal respident="r">b</varequal></conditionvar><displayfeedback linkrefid="b_fb"/></respcondition>
      <respcondition continue="No"><conditionvar><varequal respident="r">a</varequal></conditionvar><setvar action="Set" varname="SCORE">100</setvar></respcondition></resprocessing>
    <itemfeedback ident="b_fb"><material><mattext>The law asks for tax.</mattext></material></itemfeedback></item>
  <item ident="both" title="Both"><itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>cc_profile</fieldlabel>
    <fieldentry>cc.multiple_response.v0p1</fieldentry></qtimetadatafield></qtimetadata></itemmetadata>
    <presentation><material><mattext>Which two?</mattext></material><response_lid ident="r" rcardinality="Multiple"><render_choice>
        <response_label ident="a"><material><mattext>One</mattext></material></response_label>
        <response_label ident="b"><material><mattext>Two</mattext></material></response_label>
        <response_label ident="c"><material><mattext>Three</mattext></material></response_label></render_choice></response_lid></presentation>
    <resprocessing><respcondition><conditionvar><and><varequal respident="r">a</varequal><not><varequal respident="r">b</varequal></not>
      <varequal respident="r">c</varequal></and></conditionvar><setvar action="Set" varname="SCORE">100</setvar></respcondition></resprocessing></item>
  <item ident="pairs" title="Pairs"><itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>question_type</fieldlabel>
    <fieldentry>matching_question</fieldentry></qtimetadatafield></qtimetadata></itemmetadata>
    <presentation><material><mattext>Match.</mattext></material>
      <response_lid ident="r1"><material><mattext>Baker</mattext></material><render_choice><response_label ident="1"><material><mattext>Bread</mattext></material></response_label>
        <response_label ident="2"><material><mattext>Roses</mattext></material></response_label></render_choice></response_lid>
      <response_lid ident="r2"><material><mattext>Florist</mattext></material><render_choice><response_label ident="1"><material><mattext>Bread</mattext></material></response_label>
        <response_label ident="2"><material><mattext>Roses</mattext></material></response_label></render_choice></response_lid></presentation>
    <resprocessing><respcondition><conditionvar><varequal respident="r1">1</varequal></conditionvar><setvar varname="SCORE" action="Add">50</setvar></respcondition>
      <respcondition><conditionvar><varequal respident="r2">2</varequal></conditionvar><setvar varname="SCORE" action="Add">50</setvar></respcondition></resprocessing></item>
  <item ident="long" title="Long"><itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>cc_profile</fieldlabel>
    <fieldentry>cc.essay.v0p1</fieldentry></qtimetadatafield></qtimetadata></itemmetadata>
    <presentation><material><mattext>Tell us.</mattext></material><response_str ident="r"><render_fib/></response_str></presentation></item>
  </section></assessment></questestinterop>`;

const FILES = {
  'imsmanifest.xml': manifest(
    `<item identifier="1"><title>Begin</title>
       <item identifier="2" identifierref="p1"><title>Your shop</title></item>
       <item identifier="3"><title>Prices</title><item identifier="4" identifierref="q1"><title>Check prices</title></item></item>
       <item identifier="5" identifierref="w1"><title>The law</title></item></item>
     <item identifier="6" identifierref="gone"><title>Gone</title></item>`,
    page('p1', 'pages/shop.html') +
      page('q1', 'quiz.xml', 'imsqti_xmlv1p2/imscc_xmlv1p3/assessment') +
      page('w1', 'link.xml', 'imswl_xmlv1p3') +
      page('l1', 'tool.xml', 'imsbasiclti_xmlv1p3') +
      page('f1', 'tag.png') +
      page('f2', 'pages/price-list.pdf'),
  ),
  'pages/shop.html':
    '<html><head><title>Shop</title></head><body><h1>Hello</h1><p>Text</p><script>alert(1)</script><img src="../tag.png" alt="A tag"><a href="price-list.pdf">Prices</a></body></html>',
  'pages/price-list.pdf': '%PDF-1.4',
  'tag.png': ' PNG',
  'quiz.xml': QUIZ,
  'link.xml': '<webLink xmlns="x"><title>Law</title><url href="https://example.org/law"/></webLink>',
  'tool.xml': '<cartridge_basiclti_link/>',
};

describe('a Common Cartridge', () => {
  it('is recognized by its manifest, also in a folder of its own', async () => {
    expect(await cartridgeFormat.recognizes(sourceFiles(FILES))).toBe(true);
    const inFolder = Object.fromEntries(
      Object.entries(FILES).map(([path, file]) => [`course/${path}`, file]),
    );
    expect(await cartridgeFormat.recognizes(sourceFiles(inFolder))).toBe(true);
    expect((await readFormat(cartridgeFormat, inFolder)).course?.modules[0]?.lessons).toHaveLength(3);
    expect(await cartridgeFormat.recognizes(sourceFiles({ 'a.xml': '<a/>' }))).toBe(false);
  });

  it('becomes modules and lessons in the order of its organization, then what no item names', async () => {
    const { course } = await readFormat(cartridgeFormat, FILES);
    expect(course?.title).toEqual({ en: 'Selling online' });
    expect(course?.summary).toEqual({ en: 'A first shop.' });
    expect(glance(course)).toEqual([
      ['Begin', ['READING Your shop', 'QUIZ Prices – Check prices', 'READING The law']],
    ]);
  });

  it('takes pictures and documents along, and nothing that runs', async () => {
    const { course } = await readFormat(cartridgeFormat, FILES);
    const body = JSON.stringify(course?.modules[0]?.lessons[0]?.body);
    expect(body).toContain('"type":"image"');
    expect(body).toContain('"alt":"A tag"');
    expect(body).toContain('"name":"price-list.pdf"');
    expect(body).not.toContain('alert');
  });

  it('reads its quiz, question by question, with its limit of attempts', async () => {
    const { course } = await readFormat(cartridgeFormat, FILES);
    const quiz = course?.modules[0]?.lessons[1]?.quiz;
    expect(quiz?.settings).toEqual({ attemptLimit: 3 });
    expect(quiz?.questions.map(({ key, kind }) => [key, kind])).toEqual([
      ['price', 'SINGLE_CHOICE'],
      ['both', 'MULTIPLE_CHOICE'],
      ['pairs', 'MATCHING'],
    ]);
    const [price, both, pairs] = quiz!.questions;
    expect(price?.options).toMatchObject([
      { text: { en: 'With tax' }, correct: true },
      { text: { en: 'Without' }, correct: false, feedback: { en: 'The law asks for tax.' } },
    ]);
    expect(JSON.stringify(price?.prompt)).toContain('"type":"image"');
    expect(both?.options.map(({ correct }) => correct)).toEqual([true, false, true]);
    expect(pairs?.options.map(({ text, match }) => [text.en, match?.en])).toEqual([
      ['Baker', 'Bread'],
      ['Florist', 'Roses'],
    ]);
  });

  it('lists what it does not take, with file, line and why in both languages', async () => {
    const { problems } = await readFormat(cartridgeFormat, FILES);
    expect(problems.map(({ file, severity, code }) => `${file} ${severity} ${code}`).sort()).toEqual([
      'imsmanifest.xml ERROR MANIFEST',
      'pages/shop.html ERROR HTML',
      'quiz.xml ERROR QUESTION_KIND',
      'quiz.xml WARNING FIELD_MISSING',
      'tool.xml ERROR PACKAGE',
    ]);
    for (const problem of problems) {
      expect(problem.line).toBeGreaterThan(0);
      expect(problem.messageFr).toBeTruthy();
    }
  });

  it('without an organization gives its pages and assignments, in modules by kind', async () => {
    const { course } = await readFormat(cartridgeFormat, {
      'imsmanifest.xml': manifest(
        '',
        page('p', 'wiki_content/welcome.html') +
          `<resource identifier="a" type="associatedcontent/imscc_xmlv1p1/learning-application-resource" href="a/task.html">
             <file href="a/task.html"/><file href="a/assignment_settings.xml"/></resource>`,
        '1.1.0',
      ),
      'wiki_content/welcome.html':
        '<html><head><title>Welcome</title></head><body><p>Hello</p></body></html>',
      'a/task.html': '<html><body><p>Take a photo.</p></body></html>',
      'a/assignment_settings.xml':
        '<assignment><title>A photo</title><submission_types>online_upload</submission_types></assignment>',
    });
    expect(glance(course)).toEqual([
      ['Pages', ['READING Welcome']],
      ['Activities', ['ACTIVITY A photo']],
    ]);
    expect(course?.modules[1]?.lessons[0]?.activity).toEqual({ submission: 'FILE' });
  });

  it.each([
    [
      'a manifest that is cut off',
      { 'imsmanifest.xml': '<manifest><metadata><schema>IMS Common Cartridge' },
      'XML_MALFORMED',
    ],
    ['no lesson at all', { 'imsmanifest.xml': manifest('', '') }, 'COURSE_MISSING'],
    [
      'an address that leaves the package',
      {
        'imsmanifest.xml': manifest(
          '<item identifier="i" identifierref="p"><title>Out</title></item>',
          page('p', '../../etc/passwd.html'),
        ),
      },
      'FILE_UNKNOWN',
    ],
  ])('with %s says so', async (_what, files, code) => {
    const { course, problems } = await readFormat(cartridgeFormat, files);
    expect(course).toBeNull();
    expect(problems.map((problem) => problem.code)).toContain(code);
  });
});
