import { fail } from '@sveltejs/kit';
import { text, type Api, type UserError } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import type { EditName, EditResult } from './outline-edits';

/** Each change of the outline is one mutation; the page has already shown it. */
const EDITS = {
  lessonCreate: graphql(`
    mutation OutlineLessonCreate($input: LessonCreateInput!) {
      edit: lessonCreate(input: $input) {
        lesson {
          id
          key
          kind
          title
          required
          estimatedMinutes
          submission
          quiz {
            questionCount
          }
        }
        userErrors {
          code
          field
          message
        }
      }
    }
  `),
  lessonDuplicate: graphql(`
    mutation OutlineLessonDuplicate($input: LessonDuplicateInput!) {
      edit: lessonDuplicate(input: $input) {
        lesson {
          id
          key
          kind
          title
          required
          estimatedMinutes
          submission
          quiz {
            questionCount
          }
        }
        userErrors {
          code
          field
          message
        }
      }
    }
  `),
  lessonUpdate: graphql(`
    mutation OutlineLessonUpdate($input: LessonUpdateInput!) {
      edit: lessonUpdate(input: $input) {
        userErrors {
          code
          field
          message
        }
      }
    }
  `),
  lessonSettingsUpdate: graphql(`
    mutation OutlineLessonSettings($input: LessonSettingsUpdateInput!) {
      edit: lessonSettingsUpdate(input: $input) {
        userErrors {
          code
          field
          message
        }
      }
    }
  `),
  lessonMove: graphql(`
    mutation OutlineLessonMove($input: LessonMoveInput!) {
      edit: lessonMove(input: $input) {
        userErrors {
          code
          field
          message
        }
      }
    }
  `),
  lessonDelete: graphql(`
    mutation OutlineLessonDelete($input: LessonDeleteInput!) {
      edit: lessonDelete(input: $input) {
        userErrors {
          code
          field
          message
        }
      }
    }
  `),
  lessonRestore: graphql(`
    mutation OutlineLessonRestore($input: LessonRestoreInput!) {
      edit: lessonRestore(input: $input) {
        userErrors {
          code
          field
          message
        }
      }
    }
  `),
  moduleCreate: graphql(`
    mutation OutlineModuleCreate($input: ModuleCreateInput!) {
      edit: moduleCreate(input: $input) {
        module {
          id
          key
          title
        }
        userErrors {
          code
          field
          message
        }
      }
    }
  `),
  moduleUpdate: graphql(`
    mutation OutlineModuleUpdate($input: ModuleUpdateInput!) {
      edit: moduleUpdate(input: $input) {
        userErrors {
          code
          field
          message
        }
      }
    }
  `),
  moduleMove: graphql(`
    mutation OutlineModuleMove($input: ModuleMoveInput!) {
      edit: moduleMove(input: $input) {
        userErrors {
          code
          field
          message
        }
      }
    }
  `),
  moduleDelete: graphql(`
    mutation OutlineModuleDelete($input: ModuleDeleteInput!) {
      edit: moduleDelete(input: $input) {
        userErrors {
          code
          field
          message
        }
      }
    }
  `),
  moduleRestore: graphql(`
    mutation OutlineModuleRestore($input: ModuleRestoreInput!) {
      edit: moduleRestore(input: $input) {
        userErrors {
          code
          field
          message
        }
      }
    }
  `),
} satisfies Record<EditName, unknown>;

/** The input is typed where it is made ({@link OutlineState}) and checked by the API. */
type AnyEdit = Parameters<
  typeof Api.prototype.mutate<{ edit: EditResult & { userErrors: UserError[] } }, { input: object }>
>[0];

/** Makes the change that a form names. */
export async function makeEdit(api: Api, form: FormData) {
  const name = text(form, 'edit');
  if (!Object.hasOwn(EDITS, name)) return fail(400, { message: null });
  const edit = EDITS[name as EditName] as unknown as AnyEdit;
  const { userErrors, lesson, module } = await api.mutate(edit, {
    input: JSON.parse(text(form, 'input')) as object,
  });
  if (userErrors[0]) return fail(422, { message: userErrors[0].message });
  return { lesson: lesson ?? null, module: module ?? null } satisfies EditResult;
}
