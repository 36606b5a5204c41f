import { defineRefusals } from '../../platform/errors.js';
import type { Localized } from '../../platform/locale.js';

export const structureRefusals = defineRefusals({
  SLUG_TAKEN: {
    en: 'Another course has this address already. Choose another one.',
    fr: 'Une autre formation a déjà cette adresse. Choisissez-en une autre.',
    field: 'slug',
  },
  PACKAGE_BY_IMPORT: {
    en: 'A package comes in by importing its file.',
    fr: 'Un paquet arrive en important son fichier.',
    field: 'kind',
  },
  NOT_AN_ACTIVITY: {
    en: 'Only an activity is answered with a text or a file.',
    fr: 'Seule une activité reçoit un texte ou un fichier en réponse.',
    field: 'submission',
  },
  NO_MODULE: {
    en: 'The draft has no module to put this lesson in. Add a module first.',
    fr: 'Le brouillon n’a aucun module où mettre cette leçon. Ajoutez d’abord un module.',
  },
  ALREADY_BACK: {
    en: 'It is in the draft again: an import brought it back since it was deleted.',
    fr: 'Cet élément est de nouveau dans le brouillon : un import l’a ramené depuis sa suppression.',
  },
  VERSION_CHANGED: {
    en: 'Somebody else saved these settings since you opened them. What you typed is not saved: look at what they are now, then save again.',
    fr: 'Quelqu’un d’autre a enregistré ces réglages depuis que vous les avez ouverts. Votre saisie n’est pas enregistrée : regardez ce qu’ils sont maintenant, puis enregistrez de nouveau.',
    field: 'expectedRevision',
  },
  LOCALE_KNOWN: {
    en: 'The course already has this language.',
    fr: 'La formation a déjà cette langue.',
    field: 'locale',
  },
  LOCALE_INVALID: {
    en: 'This is no language tag. Write one such as “fr”, “en” or “pt-BR”.',
    fr: 'Ce n’est pas un code de langue. Écrivez par exemple « fr », « en » ou « pt-BR ».',
    field: 'locale',
  },
  LOCALE_IS_DEFAULT: {
    en: 'This is the main language of the course, which the others fall back to. It stays, and is always complete.',
    fr: 'C’est la langue principale de la formation, lue quand une traduction manque. Elle reste, et elle est toujours complète.',
    field: 'locale',
  },
});

/** The order of a version's outline: its modules, each with its lessons, by id. */
export type OutlineOrder = readonly { moduleId: string; lessonIds: readonly string[] }[];

/**
 * Puts a lesson into a module, taking it from wherever it stood.
 * @param index in that module, from 0, counted without the lesson itself; at or beyond the end means: last.
 */
export function placeLesson(
  order: OutlineOrder,
  lessonId: string,
  { moduleId, index }: { moduleId: string; index: number },
): OutlineOrder {
  return order.map((module) => {
    const others = module.lessonIds.filter((id) => id !== lessonId);
    const lessonIds = module.moduleId === moduleId ? others.toSpliced(index, 0, lessonId) : others;
    return { moduleId: module.moduleId, lessonIds };
  });
}

/**
 * Puts a module with its lessons elsewhere; one that is not there yet comes in without any.
 * @param index among the other modules, from 0; at or beyond the end means: last.
 */
export function placeModule(order: OutlineOrder, moduleId: string, index: number): OutlineOrder {
  const module = order.find((each) => each.moduleId === moduleId) ?? { moduleId, lessonIds: [] };
  return order.filter((each) => each !== module).toSpliced(index, 0, module);
}

/** Words that stand where a course's address would, on the pages of the studio. */
export const RESERVED_SLUGS = ['import', 'new'];

const COPY: Record<string, string> = { en: 'copy', fr: 'copie' };
const MAX_TITLE_LENGTH = 200;

/** The titles of a copy: "Photos (copy)", in each language that has a title. */
export function copyTitles(titles: Localized): Localized {
  return Object.fromEntries(
    Object.entries(titles).map(([locale, title]) => {
      const mark = ` (${COPY[locale.slice(0, 2)] ?? '2'})`;
      return [locale, title.slice(0, MAX_TITLE_LENGTH - mark.length) + mark];
    }),
  );
}
