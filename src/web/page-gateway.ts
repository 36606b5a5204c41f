import type { ApolloServer } from '@apollo/server';
import type { Request, Response } from 'express';
import type { Viewer, ViewerSource } from '../platform/access/viewer.js';
import type { Clock } from '../platform/clock.js';
import { requestContext } from '../platform/graphql/context.js';
import { formatError } from '../platform/graphql/format-error.js';
import type { Locale } from '../platform/locale.js';
import type { DemoTools } from './demo-tools.js';

/** The answer to an operation (GraphQL specification, section 7), as plain JSON. */
export interface PageAnswer {
  data?: unknown;
  errors?: { message: string; extensions?: { code?: unknown } }[];
}

/** What the server needs of its surroundings to answer pages. */
export interface GatewayParts {
  server: ApolloServer;
  viewers: ViewerSource;
  clock: Clock;
  /** See the configuration. */
  packagesUrl: string | null;
  /** The mailbox and the movable clock, in embedded mode. */
  demo: DemoTools | null;
}

/**
 * How the pages reach the API: in this process, as the person whose request is being answered. One exists for each page
 * request; the pages get it as `event.platform.req.gateway`.
 */
export class PageGateway {
  private asking: Promise<Viewer | null> | undefined;

  constructor(
    private readonly parts: GatewayParts,
    private readonly req: Request,
    private readonly res: Response,
  ) {}

  get embedded(): boolean {
    return this.parts.demo !== null;
  }

  /** The mailbox and the movable clock; null in every mode but the embedded one. */
  get demo(): DemoTools | null {
    return this.parts.demo;
  }

  /** Where packages are played from, as a source of a content security policy; null where none is. */
  get packagesUrl(): string | null {
    return this.parts.packagesUrl;
  }

  /** The product's time, which in embedded mode can be moved. */
  now(): Date {
    return this.parts.clock.now();
  }

  /** The language the person chose for their mails, if somebody is signed in. */
  async personLocale(): Promise<Locale | null> {
    return (await this.viewer())?.locale ?? null;
  }

  /** Cookies that operations have set on the answer so far, such as the session, as header values (RFC 6265). */
  get cookies(): string[] {
    return [this.res.getHeader('set-cookie') ?? []].flat().map(String);
  }

  /** Carries out one operation. What it loads is kept for it alone: a page shows what a form has just changed. */
  async execute(query: string, variables: Record<string, unknown>, locale: Locale): Promise<PageAnswer> {
    try {
      const contextValue = requestContext(this.req, this.res, await this.viewer(), locale);
      const { body } = await this.parts.server.executeOperation<object>(
        { query, variables },
        { contextValue },
      );
      if (body.kind !== 'single') throw new Error('The pages ask nothing that is answered in parts.');
      const { data, errors } = body.singleResult;
      // As it would arrive over HTTP: scalars such as instants become text.
      return JSON.parse(JSON.stringify({ data, errors })) as PageAnswer;
    } catch (error) {
      return { errors: [formatError({ message: '' }, error)] };
    } finally {
      // A mutation may have changed who is asking, or what they may do.
      if (query.startsWith('mutation')) this.asking = undefined;
    }
  }

  private viewer(): Promise<Viewer | null> {
    return (this.asking ??= this.parts.viewers.viewerOf(this.req.headers.cookie));
  }
}
