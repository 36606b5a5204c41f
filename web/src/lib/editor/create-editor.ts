import { Editor } from '@tiptap/core';
import { fromEditor, toEditor, type JsonNode } from './schema/lesson-json.js';
import { lessonExtensions } from './schema/lesson-schema.js';
import { mediaNode } from './schema/media.js';
import { mediaView, type MediaSurroundings } from './views/media-view.js';

interface Options extends MediaSurroundings {
  element: HTMLElement;
  body: JsonNode | null;
  label: string;
  /** After each change of the text. */
  onchange: () => void;
  /** After anything that may change which buttons are pressed. */
  onstate: () => void;
  /** Files that were pasted or dropped. */
  onfiles: (files: File[]) => void;
}

/** Makes the editor of a lesson's text. Loaded when it is needed: it is most of what the studio weighs. */
export function createEditor(options: Options): Editor {
  const { element, body, locale, label, onchange, onstate, onfiles } = options;
  const take = (event: Event, files: FileList | undefined): boolean => {
    if (!files?.length) return false;
    event.preventDefault();
    onfiles([...files]);
    return true;
  };
  return new Editor({
    element,
    content: toEditor(body),
    extensions: lessonExtensions((type) =>
      mediaNode(type).extend({ addNodeView: () => mediaView(type, options) }),
    ),
    // The page's own style sheet does it: the policy of the pages lets none be put in.
    injectCSS: false,
    editorProps: {
      attributes: {
        lang: locale,
        class: 'prose',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
        spellcheck: 'true',
      },
      handlePaste: (_view, event) => take(event, event.clipboardData?.files),
      handleDrop: (_view, event) => take(event, event.dataTransfer?.files),
    },
    onUpdate: onchange,
    onTransaction: onstate,
  });
}

/** The text as the API takes it. */
export const textOf = (editor: Editor): JsonNode => fromEditor(editor.getJSON() as JsonNode);
