import type { ActivityContent, QuizSettings } from '../../../catalog/course-content.js';
import type { ManifestResource } from '../package/manifest.js';
import { childOf, childrenOf, textOf, type XmlElement } from '../xml-tree.js';

export type ResourceKind =
  'PAGE' | 'ASSIGNMENT' | 'QUIZ' | 'BANK' | 'LINK' | 'DISCUSSION' | 'TOOL' | 'SETTINGS' | 'FILE';

/** What a resource is (Common Cartridge 1.3, section 4.5), and how Canvas uses `associatedcontent`. */
export function kindOf({ type, href, files, intendedUse }: ManifestResource): ResourceKind {
  if (/question-bank/i.test(type)) return 'BANK';
  if (/imsqti/i.test(type)) return 'QUIZ';
  if (/imswl/i.test(type)) return 'LINK';
  if (/imsdt/i.test(type)) return 'DISCUSSION';
  if (/imsbasiclti|imslti/i.test(type)) return 'TOOL';
  if (/^assignment_xml/i.test(type) || files.some((file) => /(^|\/)assignment_settings\.xml$/i.test(file)))
    return 'ASSIGNMENT';
  if (/(^|\/)course_settings\//i.test(href) || /(^|\/)non_cc_assessments\//i.test(href)) return 'SETTINGS';
  if (/associatedcontent|learning-application-resource/i.test(type) && intendedUse !== 'lessonplan') {
    return isPage(href) ? 'PAGE' : 'SETTINGS';
  }
  return isPage(href) ? 'PAGE' : 'FILE';
}

const isPage = (href: string): boolean => /\.x?html?$/i.test(href);

/** What Canvas lists in its settings, or the assignment itself as formats (Common Cartridge, assignment extension 1.0). */
export function submissionOf(
  settings: XmlElement | null,
  own: XmlElement | null,
): ActivityContent['submission'] {
  const formats = own && childOf(own, 'submission_formats');
  const kinds = formats
    ? childrenOf(formats, 'format').map(({ attributes }) => attributes.type ?? '')
    : textIn(settings, 'submission_types').split(',');
  const asText = kinds.some((kind) => /text|html/.test(kind));
  const asFile = kinds.some((kind) => /file|upload/.test(kind));
  if (asText === asFile) return asText || kinds.join('') === '' ? 'TEXT_OR_FILE' : 'TEXT';
  return asFile ? 'FILE' : 'TEXT';
}

/** The text of a child, without white space around it; empty when there is none. */
export const textIn = (element: XmlElement | null, name: string): string => {
  const child = element && childOf(element, name);
  return child ? textOf(child).trim() : '';
};

/** `cc_maxattempts` and `qmd_timelimit`, in minutes (Common Cartridge 1.3, section 4.10). */
export function settingsOf(assessment: XmlElement): Partial<QuizSettings> {
  const fields = childrenOf(assessment, 'qtimetadata').flatMap((metadata) =>
    childrenOf(metadata, 'qtimetadatafield'),
  );
  const number = (name: string): number | undefined => {
    const field = fields.find((each) => textIn(each, 'fieldlabel') === name);
    const value = Number(field ? textIn(field, 'fieldentry') : NaN);
    return Number.isInteger(value) && value > 0 ? value : undefined;
  };
  const attemptLimit = number('cc_maxattempts');
  const timeLimitMinutes = number('qmd_timelimit');
  return { ...(attemptLimit && { attemptLimit }), ...(timeLimitMinutes && { timeLimitMinutes }) };
}
