import { readFormat } from '../../../../../test/support/source-files.js';
import { plainText } from '../../../catalog/block-document.js';
import type { QuestionContent } from '../../../catalog/course-content.js';
import { qtiFormat } from './qti-format.js';

const item2 = (declaration: string, body: string, more = ''): string =>
  `<?xml version="1.0"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="opening" title="Opening hours" adaptive="false" timeDependent="false">
  ${declaration}
  <itemBody>${body}</itemBody>
  ${more}
</assessmentItem>`;

const read = async (files: Record<string, string>) => readFormat(qtiFormat, files);

const one = async (xml: string): Promise<QuestionContent> => {
  const { questions, problems } = await read({ 'item.xml': xml });
  expect(problems).toEqual([]);
  expect(questions).toHaveLength(1);
  return questions[0]!;
};

describe('QTI 2', () => {
  it('reads a single choice with the feedback of its choices', async () => {
    const question = await one(
      item2(
        `<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier">
           <correctResponse><value>B</value></correctResponse></responseDeclaration>`,
        `<p>When do you <strong>open</strong>?</p>
         <choiceInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>Choose.</prompt>
           <simpleChoice identifier="A">At noon</simpleChoice><simpleChoice identifier="B">At nine</simpleChoice></choiceInteraction>`,
        `<modalFeedback outcomeIdentifier="FEEDBACK" identifier="A" showHide="show">Too late.</modalFeedback>
         <modalFeedback outcomeIdentifier="FEEDBACK" identifier="why" showHide="show">Customers come early.</modalFeedback>`,
      ),
    );
    expect(question).toMatchObject({
      key: 'opening',
      kind: 'SINGLE_CHOICE',
      options: [
        { text: { en: 'At noon' }, correct: false, feedback: { en: 'Too late.' } },
        { text: { en: 'At nine' }, correct: true, feedback: null },
      ],
      explanation: { en: 'Customers come early.' },
    });
    expect(plainText(question.prompt.en!)).toBe('When do you open?\nChoose.');
  });

  it('reads weights from a mapping', async () => {
    const { kind, options } = await one(
      item2(
        `<responseDeclaration identifier="RESPONSE" cardinality="multiple" baseType="identifier">
           <correctResponse><value>H</value><value>O</value></correctResponse>
           <mapping defaultValue="0"><mapEntry mapKey="H" mappedValue="3"/><mapEntry mapKey="O" mappedValue="1"/>
             <mapEntry mapKey="C" mappedValue="-2"/></mapping></responseDeclaration>`,
        `<choiceInteraction responseIdentifier="RESPONSE" maxChoices="0"><prompt>Which?</prompt>
           <simpleChoice identifier="H">Hours</simpleChoice><simpleChoice identifier="O">Owner</simpleChoice>
           <simpleChoice identifier="C">Color</simpleChoice></choiceInteraction>`,
      ),
    );
    expect(kind).toBe('MULTIPLE_CHOICE');
    expect(options.map(({ correct, weight }) => [correct, weight])).toEqual([
      [true, 75],
      [true, 25],
      [false, -50],
    ]);
  });

  it('reads a number with its tolerance, and keeps the gap in the sentence', async () => {
    const question = await one(
      item2(
        `<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="float">
           <correctResponse><value>19.6</value></correctResponse></responseDeclaration>`,
        `<p>VAT is <textEntryInteraction responseIdentifier="RESPONSE"/> percent.</p>`,
        `<responseProcessing><responseCondition><responseIf><equal toleranceMode="absolute" tolerance="0.5 0.5">
           <variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></equal></responseIf></responseCondition></responseProcessing>`,
      ),
    );
    expect(question.options).toMatchObject([{ correct: true, number: { value: 19.6, tolerance: 0.5 } }]);
    expect(plainText(question.prompt.en!)).toBe('VAT is _____ percent.');
  });

  it('reads a text with answers that give a part of the point', async () => {
    const { kind, options } = await one(
      item2(
        `<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="string">
           <correctResponse><value>Paris</value></correctResponse>
           <mapping><mapEntry mapKey="Paris" mappedValue="2"/><mapEntry mapKey="Lutetia" mappedValue="1"/></mapping></responseDeclaration>`,
        `<p>The capital is <textEntryInteraction responseIdentifier="RESPONSE"/></p>`,
      ),
    );
    expect(kind).toBe('SHORT_TEXT');
    expect(options.map(({ text, weight }) => [text.en, weight])).toEqual([
      ['Paris', undefined],
      ['Lutetia', 50],
    ]);
  });

  it('reads pairs with a match that belongs to nothing', async () => {
    const { kind, options } = await one(
      item2(
        `<responseDeclaration identifier="RESPONSE" cardinality="multiple" baseType="directedPair">
           <correctResponse><value>A X</value><value>B Y</value></correctResponse></responseDeclaration>`,
        `<matchInteraction responseIdentifier="RESPONSE" maxAssociations="2"><prompt>Match.</prompt>
           <simpleMatchSet><simpleAssociableChoice identifier="A" matchMax="1">Baker</simpleAssociableChoice>
             <simpleAssociableChoice identifier="B" matchMax="1">Florist</simpleAssociableChoice></simpleMatchSet>
           <simpleMatchSet><simpleAssociableChoice identifier="X" matchMax="1">Bread</simpleAssociableChoice>
             <simpleAssociableChoice identifier="Y" matchMax="1">Roses</simpleAssociableChoice>
             <simpleAssociableChoice identifier="Z" matchMax="1">Nails</simpleAssociableChoice></simpleMatchSet></matchInteraction>`,
      ),
    );
    expect(kind).toBe('MATCHING');
    expect(options.map(({ text, match }) => [text.en, match?.en])).toEqual([
      ['Baker', 'Bread'],
      ['Florist', 'Roses'],
      [undefined, 'Nails'],
    ]);
  });

  it('puts the items of an order into the right one', async () => {
    const { kind, options } = await one(
      item2(
        `<responseDeclaration identifier="RESPONSE" cardinality="ordered" baseType="identifier">
           <correctResponse><value>C</value><value>A</value><value>B</value></correctResponse></responseDeclaration>`,
        `<orderInteraction responseIdentifier="RESPONSE"><prompt>In which order?</prompt><simpleChoice identifier="A">Two</simpleChoice>
           <simpleChoice identifier="B">Three</simpleChoice><simpleChoice identifier="C">One</simpleChoice></orderInteraction>`,
      ),
    );
    expect(kind).toBe('ORDERING');
    expect(options.map(({ text }) => text.en)).toEqual(['One', 'Two', 'Three']);
  });

  it('takes the order of the test and its sections as tags, and keeps the rest when one question is wrong', async () => {
    const item = (id: string, interaction: string) =>
      `<assessmentItem identifier="${id}" title="${id}"><responseDeclaration identifier="R" cardinality="single" baseType="identifier">
       <correctResponse><value>A</value></correctResponse></responseDeclaration><itemBody><p>${id}?</p>${interaction}</itemBody></assessmentItem>`;
    const choices =
      '<choiceInteraction responseIdentifier="R" maxChoices="1"><simpleChoice identifier="A">a</simpleChoice><simpleChoice identifier="B">b</simpleChoice></choiceInteraction>';
    const { questions, problems } = await read({
      'test.xml': `<assessmentTest identifier="t"><testPart><assessmentSection identifier="s" title="Money">
        <assessmentItemRef identifier="1" href="items/second.xml"/><assessmentItemRef identifier="2" href="items/essay.xml"/>
        <assessmentItemRef identifier="3" href="../out.xml"/><assessmentItemRef identifier="4" href="items/first.xml"/>
        </assessmentSection></testPart></assessmentTest>`,
      'items/first.xml': item('first', choices),
      'items/second.xml': item('second', choices),
      'items/essay.xml': item('essay', '<extendedTextInteraction responseIdentifier="R"/>'),
    });
    expect(questions.map(({ key, tags }) => [key, tags])).toEqual([
      ['second', ['money']],
      ['first', ['money']],
    ]);
    expect(problems.map(({ file, code }) => [file, code])).toEqual([
      ['test.xml', 'FILE_UNKNOWN'],
      ['items/essay.xml', 'QUESTION_KIND'],
    ]);
  });
});

describe('QTI 3', () => {
  it('reads the names of 3.0', async () => {
    const question =
      await one(`<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="three" title="Three">
      <qti-response-declaration identifier="RESPONSE" cardinality="multiple" base-type="identifier">
        <qti-correct-response><qti-value>A</qti-value><qti-value>B</qti-value></qti-correct-response></qti-response-declaration>
      <qti-item-body><p>Which?</p><qti-choice-interaction response-identifier="RESPONSE" max-choices="2">
        <qti-simple-choice identifier="A">One</qti-simple-choice><qti-simple-choice identifier="B">Two</qti-simple-choice>
        <qti-simple-choice identifier="C">Three</qti-simple-choice></qti-choice-interaction></qti-item-body></qti-assessment-item>`);
    expect(question.kind).toBe('MULTIPLE_CHOICE');
    expect(question.options.map(({ correct }) => correct)).toEqual([true, true, false]);
  });
});

describe('a file that is none', () => {
  it.each([
    ['cut off', '<assessmentItem identifier="a"><itemBody>', 'XML_MALFORMED'],
    [
      'with entities of its own',
      '<!DOCTYPE a [<!ENTITY b "c">]><assessmentItem>&b;</assessmentItem>',
      'XML_ENTITY',
    ],
    ['not XML', 'hello', 'XML_MALFORMED'],
  ])('%s: says so', async (_what, xml, code) => {
    const { questions, problems } = await read({ 'item.xml': xml });
    expect(questions).toEqual([]);
    expect(problems.map((problem) => problem.code)).toContain(code);
  });
});
