import type { Client } from './client.js';
import type { TestApp } from './test-app.js';
import { zipped } from './archives.js';

const ROSTER = `id state failure notes rowCount doneCount counts { outcome count }
  rows(first: 100) { nodes { line email name locale registrationNumber outcome reasonCode reason } }`;

/** Sends a roster as the pages do. */
export function uploadRoster(
  who: Client,
  to: { cohortId: string; courseId: string },
  content: Buffer | string,
  name = 'people.csv',
) {
  const headers = { 'x-tremplin-upload': '1', 'x-file-name': encodeURIComponent(name) };
  return who.upload(`/rosters?cohort=${to.cohortId}&course=${to.courseId}`, Buffer.from(content), headers);
}

/** Sends a roster, and waits until it is read. */
export async function sendRoster(
  app: TestApp,
  who: Client,
  to: { cohortId: string; courseId: string },
  content: Buffer | string,
  name?: string,
): Promise<any> {
  const { status, body } = await uploadRoster(who, to, content, name);
  if (status !== 201) throw new Error(JSON.stringify(body));
  const [error] = await app.drainOutbox();
  if (error) throw error;
  return rosterOf(who, body.id as string);
}

/** Has a roster applied, and waits until it is. */
export async function applyRoster(app: TestApp, who: Client, rosterId: string): Promise<any> {
  const { userErrors } = await who.mutate('rosterApply', 'RosterApplyInput', { rosterId }, 'roster { id }');
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  const [error] = await app.drainOutbox();
  if (error) throw error;
  return rosterOf(who, rosterId);
}

export async function rosterOf(who: Client, id: string): Promise<any> {
  return (await who.ask(`query ($id: ID!) { roster(id: $id) { ${ROSTER} } }`, { id })).roster;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

/** The files of a workbook whose first sheet has these rows of XML, and these texts to refer to. */
export function workbookFiles(sheetData: string, sharedStrings = ''): { path: string; content: string }[] {
  return [
    {
      path: 'xl/workbook.xml',
      content: `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="People" sheetId="1" r:id="rId7"/></sheets></workbook>`,
    },
    {
      path: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId7" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
    { path: 'xl/sharedStrings.xml', content: `<sst xmlns="${MAIN}">${sharedStrings}</sst>` },
    {
      path: 'xl/worksheets/sheet1.xml',
      content: `<worksheet xmlns="${MAIN}"><sheetData>${sheetData}</sheetData></worksheet>`,
    },
  ];
}

/** A workbook as Excel writes one, with its texts in a table of their own; a number is one, and empty cells are left out. */
export function aWorkbook(rows: readonly (readonly (string | number)[])[]): Promise<Buffer> {
  const strings: string[] = [];
  const cell = (value: string | number, column: number, line: number): string => {
    if (value === '') return '';
    const at = `${String.fromCharCode(65 + column)}${line}`;
    if (typeof value === 'number') return `<c r="${at}"><v>${value}</v></c>`;
    strings.push(`<si><t xml:space="preserve">${escaped(value)}</t></si>`);
    return `<c r="${at}" t="s"><v>${strings.length - 1}</v></c>`;
  };
  const sheet = rows
    .map((row, index) => {
      const cells = row.map((value, column) => cell(value, column, index + 1)).join('');
      return `<row r="${index + 1}">${cells}</row>`;
    })
    .join('');
  return zipped(workbookFiles(sheet, strings.join('')));
}
