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

  it('with nothing to launch says so', async () => {
    const { course, problems } = await readFormat(scormFormat, { 'imsmanifest.xml': manifest('1.2', '') });
    expect(course).toBeNull();
    expect(problems).toMatchObject([{ code: 'PACKAGE', severity: 'ERROR' }]);
  });
});
