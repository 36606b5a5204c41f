import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { TadaDocumentNode } from 'gql.tada';
import { print } from 'graphql';
import { apiLocale } from '$lib/i18n';
import { faults } from '$lib/messages/faults';

/** Why a mutation was refused: a sentence in the person's language, and the field it is about, if there is one. */
export interface UserError {
  code: string;
  field: string | null;
  message: string;
}

/** What every mutation answers with: `userErrors`, empty when it was done. */
type Payloads = Record<string, { userErrors: readonly UserError[] }>;

const texts = new WeakMap<object, string>();

/** Operations are written once and asked often: their text is made once. */
function textOf(document: object): string {
  const known = texts.get(document) ?? print(document as Parameters<typeof print>[0]);
  texts.set(document, known);
  return known;
}

const STATUS = { NOT_FOUND: 404, FORBIDDEN: 403, BAD_USER_INPUT: 400, UNAVAILABLE: 503 } as const;

/** Asks the GraphQL API, in the process, as the person whose request it is. */
export class Api {
  constructor(private readonly event: RequestEvent) {}

  /**
   * Asks a question.
   * @throws a redirect to the sign-in page when somebody must be signed in; otherwise the fitting HTTP error.
   */
  async query<Data, Variables extends Record<string, unknown>>(
    document: TadaDocumentNode<Data, Variables>,
    ...[variables]: Record<string, never> extends Variables ? [Variables?] : [Variables]
  ): Promise<Data> {
    const { url, locals } = this.event;
    const { data, errors } = await this.gateway.execute(
      textOf(document),
      variables ?? {},
      apiLocale(locals.locale),
    );
    const [first] = errors ?? [];
    if (!first) return data as Data;
    const code = String(first.extensions?.code);
    if (code === 'UNAUTHENTICATED') redirect(303, signInAddress(url));
    const status = STATUS[code as keyof typeof STATUS] ?? 500;
    error(status, faults(locals.locale).sentence(status));
  }

  /**
   * Changes something. A refusal is not thrown: the page shows it beside the form.
   * @returns the payload of the document's one mutation.
   */
  async mutate<Data extends Payloads, Variables extends Record<string, unknown>>(
    document: TadaDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Data[keyof Data]> {
    const data = await this.query(document, ...([variables] as never));
    return Object.values(data as object)[0] as Data[keyof Data];
  }

  private get gateway() {
    const gateway = this.event.platform?.req.gateway;
    if (!gateway) error(500, 'The pages are served by the server of src/main.ts.');
    return gateway;
  }
}

/** Where to sign in and then go on. */
export const signInAddress = (url: URL): string =>
  `/sign-in?next=${encodeURIComponent(url.pathname + url.search)}`;

/**
 * The answer of a form that was refused: what was typed is kept, and each error stands at its field. A key that was refused
 * once is refused for ever, so the form is sent with a new one.
 */
export const refused = <Values extends Record<string, unknown>>(
  userErrors: readonly UserError[],
  values: Values,
) => fail(422, { errors: [...userErrors], values, idempotencyKey: crypto.randomUUID() as string });

/** One text of a form, trimmed; empty when the field is not there. */
export function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}
