import type { Editor, NodeViewRenderer } from '@tiptap/core';
import type { MediaType } from '../schema/media.js';
import type { MediaTexts } from '$lib/messages/rich-text';
import { captionsField } from './captions-field.js';

/** What the editor of a media block needs of the page. */
export interface MediaSurroundings {
  texts: MediaTexts;
  /** Sends a file. @returns its hash, or null when it was refused and the page has said so. */
  send: (file: File) => Promise<string | null>;
  /** BCP 47 tag of the language that the text is in. */
  locale: string;
}

interface FieldKind {
  name: string;
  kind: 'line' | 'text' | 'check' | 'minutes';
  /** In UTF-16 units. */
  most?: number;
}

const FIELDS: Record<MediaType, FieldKind[]> = {
  image: [
    { name: 'alt', kind: 'line', most: 500 },
    { name: 'decorative', kind: 'check' },
    { name: 'caption', kind: 'line', most: 500 },
  ],
  video: [
    { name: 'title', kind: 'line', most: 200 },
    { name: 'durationSeconds', kind: 'minutes' },
    { name: 'transcript', kind: 'text', most: 50_000 },
  ],
  embed: [{ name: 'title', kind: 'line', most: 200 }],
  download: [{ name: 'name', kind: 'line', most: 200 }],
};

type Control = HTMLInputElement | HTMLTextAreaElement;

/** A media block while it is written: what it shows, and a field for each thing that is said of it. */
export const mediaView =
  (type: MediaType, surroundings: MediaSurroundings): NodeViewRenderer =>
  ({ node: initial, editor, getPos }) => {
    const { texts } = surroundings;
    let node = initial;
    const dom = element('figure', 'media');
    dom.contentEditable = 'false';
    dom.dataset.file = String(node.attrs.file ?? '');
    const set = (attributes: Record<string, unknown>) => change(editor, getPos, attributes);

    const head = element('div', 'media-head');
    head.append(Object.assign(element('strong'), { textContent: texts.kind[type] }));
    const remove = Object.assign(element('button'), { type: 'button', textContent: texts.remove });
    remove.addEventListener('click', () => {
      const at = getPos();
      if (at === undefined) return;
      editor
        .chain()
        .deleteRange({ from: at, to: at + node.nodeSize })
        .focus()
        .run();
    });
    head.append(remove);
    dom.append(head, shown(type, node.attrs));

    const controls = new Map<string, Control>();
    for (const field of FIELDS[type]) {
      const control = controlOf(field);
      control.addEventListener('input', () => {
        // A file must keep a name.
        if (field.name === 'name' && control.value === '') return;
        set({ [field.name]: read(field, control) });
      });
      controls.set(field.name, control);
      const label = element('label', field.kind);
      label.append(Object.assign(element('span'), { textContent: texts.field[field.name] }), control);
      dom.append(label);
    }
    const captions =
      type === 'video' ? captionsField(surroundings, (value) => set({ captions: value })) : null;
    if (captions) dom.append(captions.dom);
    const warning = element('p', 'media-warning');
    dom.append(warning);

    const show = () => {
      for (const field of FIELDS[type]) write(field, controls.get(field.name)!, node.attrs[field.name]);
      const { alt, decorative } = node.attrs as { alt?: string; decorative?: boolean };
      controls.get('alt')?.toggleAttribute('disabled', decorative);
      warning.textContent = type === 'image' && !decorative && !alt?.trim() ? texts.altMissing : '';
      warning.hidden = warning.textContent === '';
      captions?.show(node.attrs);
    };
    show();

    return {
      dom,
      update(next) {
        if (next.type !== node.type) return false;
        if (next.attrs.file !== node.attrs.file || next.attrs.href !== node.attrs.href) return false;
        node = next;
        show();
        return true;
      },
      selectNode: () => dom.classList.add('selected'),
      deselectNode: () => dom.classList.remove('selected'),
      // What is typed in its fields is not typed in the text.
      stopEvent: (event) =>
        event.target instanceof Element && event.target.matches('input, textarea, button, label, label *'),
      ignoreMutation: () => true,
    };
  };

function change(editor: Editor, getPos: () => number | undefined, attributes: Record<string, unknown>): void {
  const at = getPos();
  const node = at === undefined ? null : editor.state.doc.nodeAt(at);
  if (at === undefined || !node) return;
  editor.view.dispatch(editor.state.tr.setNodeMarkup(at, undefined, { ...node.attrs, ...attributes }));
}

/** What a reader would see, as far as it can be shown without loading anything of another site. */
function shown(type: MediaType, attributes: Record<string, unknown>): HTMLElement {
  if (type === 'image') {
    const { file, width, height } = attributes as { file: string; width: number; height: number };
    const narrow = Math.min(480, width);
    return Object.assign(element('img'), {
      src: `/files/${file}/${narrow}.webp`,
      alt: '',
      width: narrow,
      height: Math.round((height * narrow) / width),
    });
  }
  const what = attributes.href ?? attributes.mediaType ?? '';
  return Object.assign(element('p', 'media-address'), { textContent: String(what), dir: 'ltr' });
}

function controlOf({ kind, most }: FieldKind): Control {
  if (kind === 'text') return Object.assign(element('textarea'), { rows: 4, maxLength: most ?? -1 });
  const input = element('input');
  input.type = kind === 'check' ? 'checkbox' : kind === 'minutes' ? 'text' : 'text';
  if (most) input.maxLength = most;
  if (kind === 'minutes') Object.assign(input, { inputMode: 'numeric', placeholder: 'm:ss', size: 7 });
  return input;
}

/** A length in seconds from `m:ss` or `h:mm:ss`, minutes alone included; null where there is none. */
function secondsOf(value: string): number | null {
  if (!/^\d{1,4}(:[0-5]?\d){0,2}$/.test(value.trim())) return null;
  const parts = value.trim().split(':').map(Number);
  const seconds = parts.length === 1 ? parts[0]! * 60 : parts.reduce((sum, part) => sum * 60 + part, 0);
  return seconds >= 1 && seconds <= 86_400 ? seconds : null;
}

const asLength = (seconds: unknown): string =>
  typeof seconds === 'number' ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}` : '';

function read({ kind }: FieldKind, control: Control): unknown {
  if (kind === 'check') return (control as HTMLInputElement).checked;
  return kind === 'minutes' ? secondsOf(control.value) : control.value;
}

function write({ kind }: FieldKind, control: Control, value: unknown): void {
  if (kind === 'check') (control as HTMLInputElement).checked = value === true;
  // What is being typed is not typed over.
  else if (document.activeElement !== control)
    control.value = kind === 'minutes' ? asLength(value) : String(value);
}

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  name = '',
): HTMLElementTagNameMap[Tag] {
  return Object.assign(document.createElement(tag), name ? { className: name } : {});
}
