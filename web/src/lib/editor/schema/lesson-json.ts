/** A node as ProseMirror writes it. */
export interface JsonNode {
  type: string;
  attrs?: Record<string, unknown>;
  text?: string;
  marks?: { type: string; attrs?: Record<string, unknown> }[];
  content?: JsonNode[];
}

/** What the editor begins with: a text that holds nothing yet is a paragraph to write in. */
export const toEditor = (body: JsonNode | null): JsonNode =>
  body?.content?.length ? body : { type: 'doc', content: [{ type: 'paragraph' }] };

/**
 * What the editor holds, as the API takes it: attributes that say nothing are left out, marks stand on text only, and signs that
 * cannot be stored are dropped.
 */
export function fromEditor({ type, attrs, text, marks, content }: JsonNode): JsonNode {
  const said = Object.entries(attrs ?? {}).filter(([, value]) => value !== undefined);
  if (type === 'text') {
    const kept = marks?.map((mark) => ({
      type: mark.type,
      ...(mark.type === 'link' && { attrs: { href: mark.attrs?.href } }),
    }));
    return {
      type,
      ...(kept?.length && { marks: kept }),
      text: (text ?? '').replace(/[\0\p{Surrogate}]/gu, ''),
    };
  }
  const inner = content?.map(fromEditor).filter((node) => node.type !== 'text' || node.text !== '');
  return {
    type,
    ...(said.length > 0 && {
      attrs: Object.fromEntries(said.map(([name, value]) => [name, clean(name, value)])),
    }),
    ...(inner?.length && { content: inner }),
  };
}

/** Pasted code may claim a language that no API knows. */
const clean = (name: string, value: unknown): unknown =>
  name === 'language' && typeof value === 'string' && !/^[A-Za-z0-9+#._-]{1,30}$/.test(value) ? null : value;
