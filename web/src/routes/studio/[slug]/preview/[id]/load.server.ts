import { error } from '@sveltejs/kit';
import { graphql } from '$lib/api/graphql';
import { faults } from '$lib/messages/faults';
import type { PageServerLoadEvent } from './$types';

const LessonPreview = graphql(`
  query LessonPreview($id: ID!) {
    lesson(id: $id) {
      id
      kind
      title
      bodyHtml
      bodyLocale
      packagePreviewAddress
      estimatedMinutes
      required
      quiz {
        passPercent
        questionCount
      }
      questions {
        key
        kind
        promptHtml
        explanation
        options {
          key
          text
          match
          value
          tolerance
          correct
          feedback
        }
      }
      version {
        number
        publishedAt
        title
        course {
          slug
        }
        modules {
          key
          title
          lessons {
            id
            title
          }
        }
      }
    }
  }
`);

/** A lesson of any version as a learner sees it, for its trainers. */
export async function loadPreview({ locals, params }: Pick<PageServerLoadEvent, 'locals' | 'params'>) {
  const { lesson } = await locals.api.query(LessonPreview, { id: params.id });
  const { course, modules } = lesson.version;
  if (course.slug !== params.slug) error(404, faults(locals.locale).sentence(404));
  const lessons = modules.flatMap((module) => module.lessons);
  const index = lessons.findIndex(({ id }) => id === lesson.id);
  return {
    lesson,
    moduleTitle: modules.find((module) => module.lessons.some(({ id }) => id === lesson.id))?.title ?? '',
    place: index + 1,
    lessonCount: lessons.length,
    previous: lessons[index - 1] ?? null,
    next: lessons[index + 1] ?? null,
  };
}
