import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost, ModuleRef } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import type { ApolloDriver } from '@nestjs/apollo';
import compression from 'compression';
import type { NextFunction, Request, Response } from 'express';
import { constants } from 'node:zlib';
import { CONFIG, type RunningConfig } from '../config.js';
import { ViewerSource } from '../platform/access/viewer.js';
import { Clock } from '../platform/clock.js';
import { GraphqlModule } from '../platform/graphql/graphql.module.js';
import { DemoTools } from './demo-tools.js';
import { loadPages } from './pages.js';
import { PageGateway, type GatewayParts } from './page-gateway.js';

/** Quality 5 of 11: a page of 40 kB takes about a millisecond, and is hardly larger than at the best quality. */
const compress = compression({ brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } } });

/**
 * The web app of `web/`, on the same port as the API. It is handed whatever no route and not GraphQL has taken: no route of
 * Nest itself, which would stand before GraphQL and cost each of its requests a guard and an interceptor.
 */
@Module({ imports: [GraphqlModule] })
export class WebModule implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: RunningConfig,
    private readonly modules: ModuleRef,
    private readonly adapters: HttpAdapterHost,
    private readonly viewers: ViewerSource,
    private readonly clock: Clock,
  ) {}

  /** After that of GraphQL, which this module imports. */
  async onModuleInit(): Promise<void> {
    const pages = await loadPages(this.config);
    const parts: GatewayParts = {
      server: this.modules.get<GraphQLModule<ApolloDriver>>(GraphQLModule, { strict: false }).graphQlAdapter
        .instance,
      viewers: this.viewers,
      clock: this.clock,
      packagesUrl: this.config.packagesUrl,
      demo: this.config.embedded ? this.modules.get(DemoTools, { strict: false }) : null,
    };
    this.adapters.httpAdapter.use((req: Request, res: Response, next: NextFunction) => {
      const gateway = new PageGateway(parts, req, res);
      compress(req, res, () => pages(Object.assign(req, { gateway }), res, next));
    });
  }
}
