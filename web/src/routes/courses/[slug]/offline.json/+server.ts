import { error, json, type RequestHandler } from '@sveltejs/kit';
import { graphql } from '$lib/api/graphql';
import { faults } from '$lib/messages/faults';

const OfflineCourse = graphql(`
  query OfflineCourse($slug: String!) {
    viewer {
      id
    }
    course(slug: $slug) {
      version {
        number
      }
      enrollment {
        id
        version {
          number
        }
      }
      modules {
        lessons {
          key
          bodyHtml
        }
      }
    }
  }
`);

/** About: bytes of a page without its lesson, as it comes over the line, and of a pixel of a picture (WebP). */
const FRAME_BYTES = 9_000;
const BYTES_PER_PIXEL = 0.12;
/** Text is compressed on its way. */
const TEXT_SHARE = 0.4;

/** Pictures in the one width that is kept, documents, and the videos that are not. */
function filesIn(html: string) {
  const pictures = [
    ...html.matchAll(/<img src="(\/files\/[^"]+\/(\d+)\.webp)"[^>]* width="(\d+)" height="(\d+)"/g),
  ];
  const documents = [...html.matchAll(/<a href="(\/files\/[^"]+)"[^>]* download>.*?<data value="(\d+)">/g)];
  return {
    addresses: [...pictures, ...documents].map(([, address]) => address!.replaceAll('&amp;', '&')),
    bytes:
      pictures.reduce((sum, [, , kept, width, height]) => {
        const shown = Number(kept);
        return sum + shown * shown * (Number(height) / Number(width)) * BYTES_PER_PIXEL;
      }, 0) + documents.reduce((sum, [, , bytes]) => sum + Number(bytes), 0),
    videos: html.split('<video ').length - 1,
  };
}

/** What to fetch to read a course without a connection, and about how much it is. For those who are enrolled. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { viewer, course } = await locals.api.query(OfflineCourse, { slug: params.slug! });
  if (!viewer || !course?.enrollment) error(404, faults(locals.locale).sentence(404));
  const lessons = course.modules.flatMap((module) => module.lessons);
  const address = `/courses/${params.slug}`;
  const files = lessons.map(({ bodyHtml }) => filesIn(bodyHtml ?? ''));
  const bytes = lessons.reduce(
    (sum, { bodyHtml }, index) =>
      sum + FRAME_BYTES + (bodyHtml?.length ?? 0) * TEXT_SHARE + files[index]!.bytes,
    FRAME_BYTES,
  );
  const size = new Intl.NumberFormat(locals.locale, {
    style: 'unit',
    unit: 'megabyte',
    maximumSignificantDigits: 2,
  }).format(bytes / 1_000_000);
  return json({
    /** Another one: what is kept is of an older version, in another language or of an earlier enrollment. */
    tag: [course.enrollment.id, course.enrollment.version.number, locals.locale].join(' '),
    size,
    videos: files.reduce((sum, { videos }) => sum + videos, 0),
    // What may be gone over is one page, for all courses.
    pages: [
      '/learning/practice/kept',
      address,
      ...lessons.map(({ key }) => `${address}/${encodeURIComponent(key)}`),
    ],
    files: [...new Set(files.flatMap(({ addresses }) => addresses))],
  });
};
