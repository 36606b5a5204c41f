import { renderBlockDocument } from './block-document.html.js';
import type { BlockDocument, BlockNode, Mark } from './block-document.js';

function render(...content: BlockNode[]): string {
  return renderBlockDocument({ type: 'doc', content });
}

function marked(text: string, ...marks: Mark[]): BlockNode {
  return { type: 'paragraph', content: [{ type: 'text', text, marks }] };
}

describe('renderBlockDocument', () => {
  it('renders lists, quotes, code, rules and breaks', () => {
    const item = { type: 'listItem' as const, content: [marked('one')] };
    expect(
      render(
        { type: 'heading', attrs: { level: 3 }, content: [{ type: 'text', text: 'Head' }] },
        { type: 'bulletList', content: [item] },
        { type: 'orderedList', attrs: { start: 4 }, content: [item] },
        { type: 'blockquote', content: [marked('said')] },
        { type: 'codeBlock', attrs: { language: 'js' }, content: [{ type: 'text', text: 'a < b' }] },
        { type: 'horizontalRule' },
        {
          type: 'paragraph',
          content: [{ type: 'text', text: 'a' }, { type: 'hardBreak' }, { type: 'text', text: 'b' }],
        },
      ),
    ).toBe(
      '<h3>Head</h3><ul><li><p>one</p></li></ul><ol start="4"><li><p>one</p></li></ol>' +
        '<blockquote><p>said</p></blockquote><pre><code class="language-js">a &lt; b</code></pre><hr><p>a<br>b</p>',
    );
  });

  it('closes marks in the reverse order', () => {
    expect(render(marked('a', { type: 'bold' }, { type: 'italic' }))).toBe(
      '<p><strong><em>a</em></strong></p>',
    );
  });

  it('escapes text', () => {
    expect(render(marked(`<script>alert("1")</script> & '`))).toBe(
      '<p>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;</p>',
    );
  });

  it('keeps an external page from reaching back through its opener, and mail links plain', () => {
    expect(render(marked('a', { type: 'link', attrs: { href: 'https://example.org/?a=1&b=2' } }))).toBe(
      '<p><a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer">a</a></p>',
    );
    expect(render(marked('a', { type: 'link', attrs: { href: 'mailto:a@example.org' } }))).toBe(
      '<p><a href="mailto:a@example.org">a</a></p>',
    );
  });

  it.each(['javascript:alert(1)', '" onmouseover="x', '/admin'])(
    'drops the link %j and keeps its text',
    (href) => {
      expect(render(marked('a', { type: 'link', attrs: { href } }))).toBe('<p>a</p>');
    },
  );

  it('renders a node it does not know as nothing', () => {
    const doc = { type: 'doc', content: [{ type: 'iframe', attrs: { src: 'x' } }, marked('a')] };
    expect(renderBlockDocument(doc as unknown as BlockDocument)).toBe('<p>a</p>');
  });

  it('does not recurse', () => {
    let block: BlockNode = marked('deep');
    for (let depth = 0; depth < 50_000; depth += 1) block = { type: 'blockquote', content: [block] };
    expect(render(block)).toContain('<p>deep</p></blockquote>');
  });
});
