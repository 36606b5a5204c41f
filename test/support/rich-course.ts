import type { ArchivedFile } from './archives.js';
import { aPdf, anMp4, aPhotograph, aPng } from './sample-files.js';
import { zipped } from './archives.js';

const file = (fields: string[], body: string): string => ['---', ...fields, '---', '', body, ''].join('\n');

const EVERY_BLOCK = `Text with **bold**, *italic*, \`code\` and [a link](https://example.org/).

## A heading

- One
- Two

1. First
2. Second

> A quotation.

> [!WARNING]
> Set apart.

\`\`\`
code
\`\`\`

---

![A baker](../files/baker.png "The bakery")

![](../files/photograph.jpg){.decorative}

[Price list.pdf](../files/price-list.pdf)

:::video ../files/film.mp4
title: "A film"
seconds: 90
captions:
  - en: "../files/film-en.vtt"
transcript: |-
  First.

  Then.
:::

:::embed https://umap.openstreetmap.fr/en/map/market_1
title: "The market"
:::`;

const EVERY_KIND = `## One? {#one}

- ( ) No
  > Not this.
- (x) Yes

> Because.

## Several? {#several}

Tags: easy

- [x] A
- [ ] B
- [x] C

## True? {#true}

Answer: true

> So it is.

## Which word? {#word}

Answer: bakery
Answer: bak*

## Which number? {#number}

Answer: 3.5 +- 0.1

## Which belongs where? {#match}

Match:

- Left -> Right
- Up -> Down
- -> Nowhere

## In which order? {#order}

Order:

1. First
2. Second
3. Third`;

const BANK = ['spare-1', 'spare-2', 'spare-3']
  .map((key) => `## A spare one, ${key}? {#${key}}\n\nTags: spare\n\n- (x) Yes\n- ( ) No`)
  .join('\n\n');

const SETTINGS = [
  'passPercent: 75',
  'attemptLimit: 3',
  'timeLimitMinutes: 20',
  'waitMinutes: 5',
  'shuffleOptions: true',
  'showAnswers: AFTER_PASS',
  'gradePolicy: LAST',
];

/** A package of SCORM 1.2 with one page. */
export const aScormPackage = (): Promise<Buffer> =>
  zipped([
    {
      path: 'imsmanifest.xml',
      content: `<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>Safety</title>
<item identifier="i" identifierref="r"><title>Start</title></item></organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="index.html"><file href="index.html"/></resource></resources>
</manifest>`,
    },
    { path: 'index.html', content: '<script>alert(1)</script>' },
  ]);

/** A course with every kind of block, lesson and question, a pool, settings and files, as the folder that an author writes. */
export async function richCourse(): Promise<ArchivedFile[]> {
  return [
    {
      path: 'course.en.md',
      content: file(
        [
          'title: "All of it"',
          'summary: "Each kind once."',
          'outcomes:',
          '  - "Know it"',
          'defaultLocale: en',
        ],
        'What it is about.',
      ),
    },
    { path: 'bank.en.md', content: `${BANK}\n` },
    { path: '01-first/module.en.md', content: file(['title: "First"', 'summary: "All"'], '') },
    { path: '01-first/01-blocks.en.md', content: file(['title: "Blocks"', 'minutes: 4'], EVERY_BLOCK) },
    {
      path: '01-first/02-task.en.md',
      content: file(
        ['title: "Task"', 'minutes: 9', 'kind: activity', 'submission: text-or-file'],
        'Do this.',
      ),
    },
    {
      path: '01-first/03-package.en.md',
      content: file(
        [
          'title: "Package"',
          'minutes: 9',
          'required: false',
          'kind: package',
          'standard: scorm-1.2',
          'file: "../files/safety.zip"',
          'launch: "index.html"',
        ],
        '',
      ),
    },
    {
      path: '01-first/90-quiz.en.md',
      content: file(
        [
          'title: "Quiz"',
          'kind: quiz',
          'minutes: 9',
          ...SETTINGS,
          'pools:',
          '  - tag: "spare"',
          '    count: 2',
        ],
        EVERY_KIND,
      ),
    },
    { path: 'files/baker.png', content: await aPng() },
    { path: 'files/photograph.jpg', content: await aPhotograph(300, 200) },
    { path: 'files/price-list.pdf', content: aPdf() },
    { path: 'files/film.mp4', content: anMp4(5_000) },
    { path: 'files/film-en.vtt', content: 'WEBVTT\n\n00:00.000 --> 00:01.000\nFirst.\n' },
    { path: 'files/safety.zip', content: await aScormPackage() },
  ];
}
