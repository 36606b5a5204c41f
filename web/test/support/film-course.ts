import { expect, type Page } from '@playwright/test';
import { ask } from './api';
import { aFilm } from './film';
import { importCourse } from './import-course';

/** Of the film, in seconds. */
export const FILM_SECONDS = 60;

const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==',
  'base64',
);

interface Uploaded {
  hash: string;
  bytes: number;
  width: number | null;
  height: number | null;
}

async function upload(page: Page, courseId: string, name: string, data: Buffer): Promise<Uploaded> {
  const headers = {
    'x-tremplin-upload': '1',
    'x-file-name': name,
    'content-type': 'application/octet-stream',
  };
  const answer = await page.request.post(`/files?course=${courseId}`, { data, headers });
  expect(answer.ok(), await answer.text()).toBe(true);
  return answer.json();
}

const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] });
const heading = (text: string) => ({
  type: 'heading',
  attrs: { level: 2 },
  content: [{ type: 'text', text }],
});
const LONG = Array.from({ length: 6 }, () => paragraph('Un commerce se voit de loin. '.repeat(20)));

/** A course whose first lesson has a picture and, far below, a film; published by the trainer who is signed in. */
export async function publishFilmCourse(
  page: Page,
): Promise<{ lesson: string; picture: string; film: string }> {
  const slug = await importCourse(page, `Film ${Date.now().toString(36)}`);
  const { course } = await ask<{
    course: { id: string; draft: { id: string; modules: { lessons: { id: string; key: string }[] }[] } };
  }>(
    page,
    'query ($slug: String!) { course(slug: $slug) { id draft { id modules { lessons { id key } } } } }',
    { slug },
  );
  const picture = await upload(page, course.id, 'window.png', PICTURE);
  const film = await upload(page, course.id, 'film.webm', await aFilm(FILM_SECONDS));
  const { key, id: lessonId } = course.draft.modules[0]!.lessons[0]!;
  const body = {
    type: 'doc',
    content: [
      paragraph('Regardez.'),
      heading('La vitrine'),
      {
        type: 'image',
        attrs: {
          file: picture.hash,
          alt: 'Une vitrine',
          decorative: false,
          caption: '',
          width: picture.width,
          height: picture.height,
        },
      },
      ...LONG,
      {
        type: 'video',
        attrs: {
          href: null,
          file: film.hash,
          title: 'La visite',
          bytes: film.bytes,
          durationSeconds: FILM_SECONDS,
          captions: [],
          transcript: 'Entrez.',
        },
      },
      ...LONG,
    ],
  };
  for (const locale of ['en', 'fr']) {
    const { lessonUpdate } = await ask<{ lessonUpdate: { userErrors: object[] } }>(
      page,
      'mutation ($input: LessonUpdateInput!) { lessonUpdate(input: $input) { userErrors { message } } }',
      { input: { lessonId, locale, body } },
    );
    expect(lessonUpdate.userErrors).toEqual([]);
  }
  const { courseVersionPublish } = await ask<{ courseVersionPublish: { userErrors: object[] } }>(
    page,
    'mutation ($input: CourseVersionPublishInput!) { courseVersionPublish(input: $input) { userErrors { message } } }',
    { input: { versionId: course.draft.id } },
  );
  expect(courseVersionPublish.userErrors).toEqual([]);
  return { lesson: `/courses/${slug}/${key}`, picture: picture.hash, film: film.hash };
}
