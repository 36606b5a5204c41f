/** What the buttons above the text do to it. */
export type Tool = 'bold' | 'italic' | 'link' | 'heading' | 'list' | 'numbers' | 'quote';

const AROUND: Partial<Record<Tool, [string, string]>> = {
  bold: ['**', '**'],
  italic: ['_', '_'],
  link: ['[', '](https://)'],
};

const BEFORE: Partial<Record<Tool, (line: number) => string>> = {
  heading: () => '## ',
  list: () => '- ',
  numbers: (line) => `${line + 1}. `,
  quote: () => '> ',
};

/** A piece of the text put in place of another, and what is selected afterwards; all in UTF-16 units. */
export interface Edit {
  from: number;
  to: number;
  insert: string;
  selectFrom: number;
  selectTo: number;
}

/**
 * Wraps the selection in signs, or begins its lines with them.
 * @param sample stands for the words when nothing is selected.
 */
export function edit(tool: Tool, text: string, [start, end]: [number, number], sample: string): Edit {
  const [open, close] = AROUND[tool] ?? ['', ''];
  if (open) {
    const words = text.slice(start, end) || sample;
    const from = start + open.length;
    return {
      from: start,
      to: end,
      insert: open + words + close,
      selectFrom: from,
      selectTo: from + words.length,
    };
  }
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const until = text.indexOf('\n', end);
  const to = until === -1 ? text.length : until;
  const lines = (text.slice(from, to) || sample).split('\n');
  const insert = lines.map((line, index) => (BEFORE[tool]?.(index) ?? '') + line).join('\n');
  return { from, to, insert, selectFrom: from + insert.length, selectTo: from + insert.length };
}
