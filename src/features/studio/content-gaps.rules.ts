import type { Localized } from '../../platform/locale.js';
import { plainText, type BlockDocument, type BlockNode } from '../catalog/block-document.js';
import type { MediaNode } from '../catalog/block-media.js';
import type { QuestionContent } from '../catalog/course-content.js';
import type { VersionContent } from '../catalog/version-content.js';

/** Where something stands: in a lesson, in a module, or else in the course itself. */
export interface ContentPlace {
  title: Localized;
  key: string;
  moduleKey?: string;
  lessonKey?: string;
}

type Texts<T> = Readonly<Record<string, T>>;

/** Something that is written once in each language. */
interface Slot {
  place: ContentPlace;
  /** Only the languages in which it says something. */
  locales: ReadonlySet<string>;
  /** Wanted in every language, even where no language has it. */
  needed?: boolean;
}

const MEDIA = ['image', 'video', 'embed', 'download'] as const;
const isMedia = (node: BlockNode): node is MediaNode & BlockNode => MEDIA.some((type) => type === node.type);

/** Whether a text says and shows nothing. */
export const isBlank = (document: BlockDocument): boolean =>
  mediaNodes(document).length === 0 && plainText(document).trim() === '';

/** Every image, video, embed and download of a document, in order. */
function mediaNodes({ content }: BlockDocument): MediaNode[] {
  const found: MediaNode[] = [];
  const open: BlockNode[] = [...content].reverse();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isMedia(node)) found.push(node);
    else if (node.type === 'bulletList' || node.type === 'orderedList')
      open.push(...node.content.flatMap((item) => item.content).reverse());
    else if (node.type === 'blockquote' || node.type === 'callout') open.push(...[...node.content].reverse());
  }
  return found;
}

/** Every image, video, embed and download of a version that can be seen, where it stands and in which language. */
export function mediaOf(
  content: VersionContent,
): { node: MediaNode; place: ContentPlace & { locale: string } }[] {
  const within = (place: ContentPlace, documents: Texts<BlockDocument> | null) =>
    content.locales.flatMap((locale) => {
      const document = documents?.[locale];
      return (document ? mediaNodes(document) : []).map((node) => ({ node, place: { ...place, locale } }));
    });
  return [
    ...within(coursePlace(content), content.description),
    ...lessonPlaces(content).flatMap(({ place, lesson }) => [
      ...within(place, lesson.body),
      ...questionsOf(lesson.quiz).flatMap(({ prompt }) => within(place, prompt)),
    ]),
  ];
}

/**
 * What is missing in a language: titles, and every text that another language of the course has, in the order of the course.
 * A place stands as often as it lacks something.
 */
export function translationGaps(content: VersionContent, locale: string): ContentPlace[] {
  return slotsOf(content)
    .filter((each) => isGap(each, locale))
    .map(({ place }) => place);
}

/** Whether a question lacks, in a language, a text that it has in another. */
export const lacksTexts = (question: QuestionContent, locale: string): boolean =>
  questionSlots({ title: {}, key: question.key }, question).some((each) => isGap(each, locale));

const isGap = ({ locales, needed }: Slot, locale: string): boolean =>
  (needed === true || locales.size > 0) && !locales.has(locale);

const text = (place: ContentPlace, texts: Localized | null | undefined): Slot =>
  slot(place, texts, (each) => each.trim() !== '');

const document = (place: ContentPlace, texts: Texts<BlockDocument> | null): Slot =>
  slot(place, texts, (each) => !isBlank(each));

const questionSlots = (place: ContentPlace, { prompt, explanation, options }: QuestionContent): Slot[] => [
  document(place, prompt),
  text(place, explanation),
  ...options.flatMap((option) => [
    text(place, option.text),
    text(place, option.match),
    text(place, option.feedback),
  ]),
];

function slotsOf(content: VersionContent): Slot[] {
  const course = coursePlace(content);
  return [
    { ...text(course, content.title), needed: true },
    text(course, content.summary),
    slot(course, content.outcomes, (outcomes) => outcomes.length > 0),
    document(course, content.description),
    ...content.modules.flatMap((module) => {
      const place = { title: module.title, key: module.key, moduleKey: module.key };
      return [{ ...text(place, module.title), needed: true }, text(place, module.summary)];
    }),
    ...lessonPlaces(content).flatMap(({ place, lesson }) => [
      { ...text(place, lesson.title), needed: true },
      document(place, lesson.body),
      ...questionsOf(lesson.quiz).flatMap((question) => questionSlots(place, question)),
    ]),
  ];
}

function slot<T>(place: ContentPlace, texts: Texts<T> | null | undefined, says: (text: T) => boolean): Slot {
  const spoken = Object.entries(texts ?? {}).filter(([, each]) => says(each));
  return { place, locales: new Set(spoken.map(([locale]) => locale)) };
}

const coursePlace = ({ title }: VersionContent): ContentPlace => ({ title, key: '' });

const lessonPlaces = (content: VersionContent) =>
  content.modules.flatMap(({ lessons }) =>
    lessons.map((lesson) => ({
      lesson,
      place: { title: lesson.title, key: lesson.key, lessonKey: lesson.key } satisfies ContentPlace,
    })),
  );

const questionsOf = (
  quiz: VersionContent['modules'][number]['lessons'][number]['quiz'],
): QuestionContent[] =>
  quiz ? [...quiz.questions, ...(quiz.pools ?? []).flatMap(({ questions }) => questions)] : [];
