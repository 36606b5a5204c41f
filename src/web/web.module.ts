import { All, Controller, Inject, Module, Next, Req, Res, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import type { ApolloDriver } from '@nestjs/apollo';
import compression from 'compression';
import type { NextFunction, Request, Response } from 'express';
import { constants } from 'node:zlib';
import { CONFIG, type RunningConfig } from '../config.js';
import { Access } from '../platform/access/access.js';
import { ViewerSource } from '../platform/access/viewer.js';
import { Clock } from '../platform/clock.js';
import { DemoTools } from './demo-tools.js';
import { loadPages, type PagesHandler } from './pages.js';
import { PageGateway, type GatewayParts } from './page-gateway.js';

/** Quality 5 of 11: a page of 40 kB takes about a millisecond, and is hardly larger than at the best quality. */
const compress = compression({ brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } } });

/** Hands to the pages whatever no other route has taken; it stands in the module that is imported last. */
@Controller()
class WebController implements OnModuleInit {
  private pages!: PagesHandler;
  private parts!: GatewayParts;

  constructor(
    @Inject(CONFIG) private readonly config: RunningConfig,
    private readonly modules: ModuleRef,
    private readonly viewers: ViewerSource,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    this.pages = await loadPages(this.config);
  }

  @Access('PUBLIC')
  @All(['/', '/*path'])
  page(@Req() req: Request, @Res() res: Response, @Next() next: NextFunction): void {
    // Nest mounts GraphQL behind the routes, of which this is the one that matches everything.
    if (req.path === '/graphql') return next();
    this.parts ??= {
      server: this.modules.get<GraphQLModule<ApolloDriver>>(GraphQLModule, { strict: false }).graphQlAdapter
        .instance,
      viewers: this.viewers,
      clock: this.clock,
      demo: this.config.embedded ? this.modules.get(DemoTools, { strict: false }) : null,
    };
    const gateway = new PageGateway(this.parts, req, res);
    compress(req, res, () => this.pages(Object.assign(req, { gateway }), res, next));
  }
}

/** The web app of `web/`, on the same port as the API. */
@Module({ controllers: [WebController] })
export class WebModule {}
