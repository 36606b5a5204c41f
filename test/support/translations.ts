import { courseFiles } from './builders.js';
import type { Client } from './client.js';

export const TRANSLATIONS = `query ($id: ID!) { courseVersion(id: $id) { translations { locale completeCount totalCount
  texts { moduleId field source text state } questions { id key excerpt asked state } lessons { state lesson { key } } } } }`;

let serial = 0;

/** What a trainer does to courses in English and French. */
export function translations(trainer: Client) {
  const imported = async (files = courseFiles()) => {
    const { version } = await trainer.mutate(
      'courseImport',
      'CourseImportInput',
      { slug: `translated-${(serial += 1)}`, files },
      'version { id modules { id lessons { id key } } course { id slug } }',
    );
    const [module] = version.modules;
    const idOf = (key: string): string => module.lessons.find((lesson: any) => lesson.key === key).id;
    return {
      versionId: version.id as string,
      slug: version.course.slug,
      courseId: version.course.id as string,
      moduleId: module.id as string,
      idOf,
    };
  };
  const french = async (id: string): Promise<any> =>
    (await trainer.ask(TRANSLATIONS, { id })).courseVersion.translations[0];
  const stateOf = async (id: string, key: string): Promise<string> =>
    (await french(id)).lessons.find(({ lesson }: any) => lesson.key === key).state;
  const save = (lessonId: string, locale: string, body: object): Promise<any> =>
    trainer.mutate('lessonUpdate', 'LessonUpdateInput', { lessonId, locale, body }, 'lesson { revision }');
  return { imported, french, stateOf, save };
}
