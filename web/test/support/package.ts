import { expect, type Page } from '@playwright/test';
import { ZipFile } from 'yazl';
import { signIn, someone, ADMIN } from './people';
import { ask } from './api';

/** Files of a package by their paths, without its manifest. */
export type PackageFiles = Record<string, string>;

interface Described {
  version: '1.2' | '2004 4th Edition';
  files: PackageFiles;
  /** Of what the one item of the package opens. */
  launch: string;
  /** Elements of the item, such as `<adlcp:masteryscore>`. */
  demands?: string;
}

const manifest = ({ version, launch, demands = '' }: Described): string => `<?xml version="1.0"?>
<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata><schema>ADL SCORM</schema><schemaversion>${version}</schemaversion></metadata>
  <organizations default="o"><organization identifier="o"><title>A package</title>
    <item identifier="i" identifierref="r"><title>The only item</title>${demands}</item></organization></organizations>
  <resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="${launch}"/></resources>
</manifest>`;

async function zipOf(described: Described): Promise<Buffer> {
  const zip = new ZipFile();
  const files = { 'imsmanifest.xml': manifest(described), ...described.files };
  for (const [path, text] of Object.entries(files)) zip.addBuffer(Buffer.from(text), path);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Looks for the API as the widespread algorithm of ADL does: in the windows above, and not in its own. */
const FIND = `function find(name) {
    for (let at = window, tries = 0; tries < 8 && at.parent !== at; tries += 1) { at = at.parent; if (at[name]) return at[name]; }
    return null;
  }`;

/** SCORM 1.2, built as most are: the page that speaks with the API shows its content in a frame, which calls it by \`parent\`. */
export const FRAMED: Described = {
  version: '1.2',
  launch: 'shell/start.html?course=golf',
  demands: '<adlcp:masteryscore>70</adlcp:masteryscore>',
  files: {
    'shell/start.html': `<!doctype html><title>Shell</title><script>${FIND}
      const api = find('API');
      api.LMSInitialize('');
      const began = api.LMSGetValue('cmi.core.entry') + '|' + api.LMSGetValue('cmi.core.lesson_location') + '|' +
        api.LMSGetValue('cmi.suspend_data') + '|' + api.LMSGetValue('cmi.core.lesson_status');
      function go(page) { api.LMSSetValue('cmi.core.lesson_location', page); }
      function record(score) {
        api.LMSSetValue('cmi.core.score.raw', score);
        api.LMSSetValue('cmi.core.lesson_status', 'completed');
        api.LMSCommit('');
      }
      addEventListener('pagehide', () => {
        api.LMSSetValue('cmi.suspend_data', 'left at ' + api.LMSGetValue('cmi.core.lesson_location'));
        api.LMSSetValue('cmi.core.session_time', '00:01:30');
        api.LMSSetValue('cmi.core.exit', 'suspend');
        api.LMSFinish('');
      });
      </script><h1>Golf</h1><p id="began"></p><iframe src="../content/quiz.html" title="Quiz"></iframe>
      <script>document.getElementById('began').textContent = began;</script>`,
    'content/quiz.html': `<!doctype html><title>Quiz</title>
      <button onclick="parent.go('3')">Page 3</button>
      <button onclick="parent.record(40)">Hand in 40</button>
      <button onclick="parent.record(85)">Hand in 85</button>`,
  },
};

/** SCORM 2004, of two pages that follow each other in the same window: the session goes over both. */
export const PAGED: Described = {
  version: '2004 4th Edition',
  launch: 'one.html',
  files: {
    'one.html': `<!doctype html><title>One</title><script>${FIND}
      const api = find('API_1484_11');
      api.Initialize('');
      api.SetValue('cmi.completion_status', 'incomplete');
      api.SetValue('cmi.location', 'two');
      api.Commit('');</script><p id="entry"></p><a href="two.html">Next page</a>
      <script>document.getElementById('entry').textContent = api.GetValue('cmi.entry');</script>`,
    'two.html': `<!doctype html><title>Two</title><script>${FIND}
      const api = find('API_1484_11');
      function end() {
        api.SetValue('cmi.score.scaled', '0.9');
        api.SetValue('cmi.success_status', 'passed');
        api.SetValue('cmi.completion_status', 'completed');
        api.SetValue('cmi.exit', 'normal');
        api.Terminate('');
      }</script><p id="place"></p><button onclick="end()">Finish</button>
      <script>document.getElementById('place').textContent = api.GetValue('cmi.location');</script>`,
  },
};

/** SCORM 1.2, as old ones are: a first page opens the one that speaks with the API in a window of its own. */
export const WINDOWED: Described = {
  version: '1.2',
  launch: 'first.html',
  files: {
    'first.html': `<!doctype html><title>First</title><button onclick="open('second.html', 'second', 'width=300,height=300')">Start</button>`,
    'second.html': `<!doctype html><title>Second</title><script>${FIND.replace('at = window', 'at = opener')}
      const api = find('API');
      api.LMSInitialize('');
      api.LMSSetValue('cmi.core.lesson_status', 'passed');
      api.LMSFinish('');</script><p>In a window of its own</p>`,
  },
};

/** A package that tries to act as the person who opened it, and writes down what came of each try. */
export const HOSTILE: Described = {
  version: '1.2',
  launch: 'index.html',
  files: {
    'index.html': `<!doctype html><title>Hostile</title><p id="tries">waiting</p><script>
      const tries = {};
      const attempt = async (name, work) => {
        try { tries[name] = String(await work()); } catch (error) { tries[name] = 'refused: ' + error.name; }
      };
      (async () => {
        await attempt('origin', () => location.origin);
        await attempt('cookie', () => document.cookie);
        await attempt('page', () => parent.parent.document.title);
        await attempt('top', () => { top.location.href = 'about:blank'; return 'left'; });
        for (const [name, options] of [['plain', {}], ['with cookies', { credentials: 'include' }], ['blind', { mode: 'no-cors', credentials: 'include' }]])
          await attempt('graphql ' + name, async () => (await fetch(SITE + '/graphql', { method: 'POST', ...options,
            headers: { 'content-type': 'text/plain' }, body: JSON.stringify({ query: '{ viewer { email } }' }) })).status);
        await attempt('own graphql', async () => (await fetch('/graphql', { method: 'POST',
          headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: '{ viewer { email } }' }) })).status);
        await attempt('own account', async () => (await fetch('/account')).status);
        await attempt('elsewhere', async () => (await fetch('https://example.com/')).status);
        await attempt('worker', async () => (await navigator.serviceWorker.register('worker.js')).scope);
        const child = document.createElement('iframe');
        child.src = SITE + '/account';
        document.body.append(child);
        await new Promise((resolve) => setTimeout(resolve, 1500));
        await attempt('framed account', () => child.contentDocument.body.textContent || 'empty');
        document.getElementById('tries').textContent = JSON.stringify(tries);
      })();
      </script>`,
    'worker.js': 'self.onfetch = () => {};',
  },
};

interface ImportState {
  courseImportJob: { state: string; version: { id: string } | null };
}

interface Published {
  courseVersionPublish: {
    version: { modules: { lessons: { id: string; key: string }[] }[] };
    userErrors: { message: string }[];
  };
}

/** Makes whoever is signed in to the page, with an address of their own, a trainer. */
export async function signInAsTrainer(page: Page, admin: Page): Promise<void> {
  const email = someone('package');
  await signIn(admin, ADMIN);
  await ask(
    admin,
    `mutation ($email: String!) { personRolesSet(input: { email: $email, roles: [TRAINER] }) { userErrors { message } } }`,
    {
      email,
    },
  );
  await admin.context().clearCookies();
  await signIn(page, email);
}

/**
 * Imports a package as the trainer who is signed in, and publishes it.
 * @returns the address of its course, of its lesson, and the id of the lesson.
 */
export async function publishPackage(
  page: Page,
  package_: Described | Buffer,
): Promise<{ course: string; lesson: string; lessonId: string }> {
  const content = Buffer.isBuffer(package_) ? package_ : await zipOf(package_);
  const slug = `test-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
  const sent = await page.request.post(`/imports?slug=${slug}&locale=en`, {
    headers: {
      'x-tremplin-upload': '1',
      'x-file-name': 'package.zip',
      'content-type': 'application/octet-stream',
    },
    data: content,
  });
  expect(sent.status()).toBe(201);
  const { id } = (await sent.json()) as { id: string };
  const state = async () => {
    const query = 'query ($id: ID!) { courseImportJob(id: $id) { state version { id } } }';
    return (await ask<ImportState>(page, query, { id })).courseImportJob;
  };
  await expect.poll(async () => (await state()).state, { timeout: 30_000 }).toBe('READY');
  await ask(
    page,
    'mutation ($id: ID!) { courseImportApply(input: { jobId: $id }) { userErrors { message } } }',
    { id },
  );
  await expect.poll(async () => (await state()).state, { timeout: 30_000 }).toBe('APPLIED');
  const versionId = (await state()).version!.id;
  await ask(
    page,
    `mutation ($id: ID!) { courseVersionUpdate(input: { versionId: $id, locale: "en", summary: "A package." }) { userErrors { message } } }`,
    { id: versionId },
  );
  const { courseVersionPublish } = await ask<Published>(
    page,
    `mutation ($id: ID!) { courseVersionPublish(input: { versionId: $id }) { version { modules { lessons { id key } } } userErrors { message } } }`,
    { id: versionId },
  );
  expect(courseVersionPublish.userErrors).toEqual([]);
  const lesson = courseVersionPublish.version.modules[0]!.lessons[0]!;
  return { course: `/courses/${slug}`, lesson: `/courses/${slug}/${lesson.key}`, lessonId: lesson.id };
}
