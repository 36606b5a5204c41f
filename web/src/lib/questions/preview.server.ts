import { graphql } from '$lib/api/graphql';

const PromptPreview = graphql(`
  query PromptPreview($markdown: String!) {
    markdownPreview(markdown: $markdown) {
      html
    }
  }
`);

/** The action that shows a prompt as it would be read, while it is typed. */
export async function previewPrompt({ request, locals }: { request: Request; locals: App.Locals }) {
  const markdown = String((await request.formData()).get('markdown') ?? '').replaceAll('\r\n', '\n');
  const { markdownPreview } = await locals.api.query(PromptPreview, { markdown });
  return { html: markdownPreview.html };
}

/** What the editor sent: the whole question as JSON. Anything else is refused by the API as an empty question. */
export function contentOf(form: FormData): Record<string, unknown> {
  try {
    return JSON.parse(String(form.get('content') ?? '')) as Record<string, unknown>;
  } catch {
    return { kind: 'SINGLE_CHOICE', options: [] };
  }
}
