import { readFormat, sourceFiles } from '../../../../../test/support/source-files.js';
import { scormFormat } from './scorm-format.js';

const manifest = (version: string, items: string): string =>
  `<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata><schema>ADL SCORM</schema><schemaversion>${version}</schemaversion></metadata>
  <organizations default="b"><organization identifier="a"><title>Other</title></organization>
    <organization identifier="b"><title>Golf</title>${items}</organization></organizations>
  <resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="start/index.html"/>
    <resource identifier="gone" type="webcontent" adlcp:scormtype="sco" href="gone.html"/></resources></manifest>`;

const ITEMS = `<item identifier="1"><title>First hole</title>
    <item identifier="2" identifierref="r" parameters="?hole=1"><title>Swing</title></item></item>
  <item identifier="3" identifierref="gone"><title>Lost ball</title></item>
  <item identifier="4" identifierref="nowhere"><title>Nowhere</title></item>`;

describe('a SCORM package', () => {
  it.each([
    ['1.2', 'SCORM_1_2'],
    ['2004 3rd Edition', 'SCORM_2004'],
    ['CAM 1.3', 'SCORM_2004'],
  ])('of version %s is kept as it came, a lesson for each item', async (version, standard) => {
    const files = { 'imsmanifest.xml': manifest(version, ITEMS), 'start/index.html': '<p>' };
    expect(await scormFormat.recognizes(sourceFiles(files))).toBe(true);
    const { course, problems } = await readFormat(scormFormat, files);
    expect(course?.title).toEqual({ en: 'Golf' });
    expect(course?.modules).toMatchObject([
      {
        title: { en: 'First hole' },
        lessons: [
          {
            kind: 'PACKAGE',
            title: { en: 'Swing' },
            body: null,
            package: { standard, launch: 'start/index.html?hole=1' },
          },
        ],
      },
    ]);
    expect(
      problems.filter(({ severity }) => severity === 'ERROR').map(({ code, line }) => [code, line]),
    ).toEqual([
      ['PACKAGE', 7],
      ['PACKAGE', 6],
    ]);
  });

  it('brings along what it asks of the score, and how an address goes on', async () => {
    const items = `<item identifier="1" identifierref="q" parameters="&amp;hole=1"><title>Quiz</title>
        <adlcp:masteryscore>72.5</adlcp:masteryscore><adlcp:datafromlms> lang=en </adlcp:datafromlms></item>
      <item identifier="2" identifierref="q" parameters="#end"><title>Goal</title>
        <adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.9"/>
        <imsss:sequencing xmlns:imsss="http://www.imsglobal.org/xsd/imsss"><imsss:objectives>
          <imsss:primaryObjective satisfiedByMeasure="true"><imsss:minNormalizedMeasure>0.6</imsss:minNormalizedMeasure>
          </imsss:primaryObjective></imsss:objectives></imsss:sequencing></item>
      <item identifier="3" identifierref="leaflet"><title>Leaflet</title><adlcp:masteryscore>lots</adlcp:masteryscore></item>`;
    const resources = `<resource identifier="q" type="webcontent" adlcp:scormtype="sco" href="quiz.html?course=golf"/>
      <resource identifier="leaflet" type="webcontent" adlcp:scormtype="asset" href="leaflet.html"/></resources>`;
    const { course } = await readFormat(scormFormat, {
      'imsmanifest.xml': manifest('1.2', items).replace('</resources>', resources),
      'quiz.html': '<p>',
      'leaflet.html': '<p>',
    });
    expect(course?.modules[0]?.lessons.map(({ package: content }) => ({ ...content, file: null }))).toEqual([
      {
        standard: 'SCORM_1_2',
        file: null,
        launch: 'quiz.html?course=golf&hole=1',
        masteryPercent: 72.5,
        launchData: 'lang=en',
      },
      {
        standard: 'SCORM_1_2',
        file: null,
        launch: 'quiz.html?course=golf#end',
        masteryPercent: 60,
        completionPercent: 90,
      },
      { standard: 'SCORM_1_2', file: null, launch: 'leaflet.html', isAsset: true },
    ]);
  });

  it('with nothing to launch says so', async () => {
    const { course, problems } = await readFormat(scormFormat, { 'imsmanifest.xml': manifest('1.2', '') });
    expect(course).toBeNull();
    expect(problems).toMatchObject([{ code: 'PACKAGE', severity: 'ERROR' }]);
  });
});
