import type { Client } from './client.js';

/** A draft as its trainer sees it: its modules with their lessons. */
export interface Draft {
  id: string;
  course: { id: string; slug: string };
  modules: DraftModule[];
}

export interface DraftModule {
  id: string;
  key: string;
  title: string;
  lessons: DraftLesson[];
}

export interface DraftLesson {
  id: string;
  key: string;
  title: string;
  kind: string;
  required: boolean;
  estimatedMinutes: number;
  revision: number;
  submission: string | null;
}

const DRAFT = `id course { id slug } modules { id key title lessons {
  id key title kind required estimatedMinutes revision submission } }`;

/** What a trainer does in the studio, through the API. Each answers with the payload, `userErrors` included. */
export const studio = (trainer: Client) => {
  const call = (name: string, input: object, selection: string): Promise<any> =>
    trainer.mutate(name, `${name[0]!.toUpperCase()}${name.slice(1)}Input`, input, selection);
  return {
    createCourse: (input: object): Promise<any> => call('courseCreate', input, `version { ${DRAFT} }`),
    update: (input: object): Promise<any> =>
      call(
        'courseVersionUpdate',
        input,
        'version { revision locales partialLocales title topics license translation(locale: "fr") { title summary outcomes descriptionMarkdown } }',
      ),
    locale: (
      name: 'courseLocaleAdd' | 'courseLocaleRemove',
      versionId: string,
      locale: string,
    ): Promise<any> => call(name, { versionId, locale }, 'version { locales partialLocales }'),
    /** @param name of a mutation of modules */
    module: (name: string, input: object): Promise<any> =>
      call(name, input, `module { id key title summary } version { ${DRAFT} }`),
    /** @param name of a mutation of lessons */
    lesson: (name: string, input: object): Promise<any> =>
      call(
        name,
        input,
        `lesson { id key title kind required estimatedMinutes revision submission } version { ${DRAFT} }`,
      ),
    publish: (versionId: string, policy = 'NEW_LEARNERS_ONLY'): Promise<any> =>
      call(
        'courseVersionPublish',
        { versionId, policy },
        'version { id number contentHash publishPolicy publishedBy { name } }',
      ),
    draft: async (versionId: string): Promise<Draft> =>
      (await trainer.ask(`query ($id: ID!) { courseVersion(id: $id) { ${DRAFT} } }`, { id: versionId }))
        .courseVersion,
    draftOf: async (courseId: string): Promise<Draft> =>
      (await call('courseDraftCreate', { courseId }, `version { ${DRAFT} }`)).version,
    checklist: async (versionId: string): Promise<any[]> =>
      (
        await trainer.ask(
          `query ($id: ID!) { courseVersion(id: $id) { publishChecklist { code ok message locale lesson { key } module { key } } } }`,
          { id: versionId },
        )
      ).courseVersion.publishChecklist,
  };
};

/** An outline in one line: `first: reading-1 check | second:`. */
export const brief = ({ modules }: Draft): string =>
  modules
    .map(({ key, lessons }) => `${key}: ${lessons.map((lesson) => lesson.key).join(' ')}`.trim())
    .join(' | ');
