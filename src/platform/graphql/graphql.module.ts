import type { ApolloDriverConfig } from '@nestjs/apollo';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import type { Request, Response } from 'express';
import { CONFIG, type RunningConfig } from '../../config.js';
import { AccessGuard } from '../access/access.guard.js';
import { ViewerSource } from '../access/viewer.js';
import { AuditLog } from '../audit/audit-log.js';
import { CompilingDriver } from './compiled-queries.js';
import { requestContext } from './context.js';
import { formatError } from './format-error.js';
import { refusedAccessPlugin } from './refused-access.plugin.js';
import { RootFieldInterceptor } from './root-field.interceptor.js';
import { BUILD_SCHEMA_OPTIONS } from './schema.js';
import { documentLimits, MOST_TOKENS } from './document-limits.js';

@Module({
  imports: [
    GraphQLModule.forRootAsync<ApolloDriverConfig>({
      driver: CompilingDriver,
      inject: [CONFIG, ViewerSource, AuditLog],
      useFactory: (config: RunningConfig, viewers: ViewerSource, audit: AuditLog) => ({
        autoSchemaFile: true,
        sortSchema: true,
        buildSchemaOptions: BUILD_SCHEMA_OPTIONS,
        // The schema is public and in the repository; the page that explores it is for development.
        introspection: true,
        graphiql: config.embedded,
        includeStacktraceInErrorResponses: false,
        preserveHttpStatusForExecutionErrors: false,
        parseOptions: { maxTokens: MOST_TOKENS },
        validationRules: documentLimits,
        // The cache-control plugin instruments every field: without it a page of fields costs half as much.
        plugins: [ApolloServerPluginCacheControlDisabled(), refusedAccessPlugin(audit)],
        formatError,
        context: async ({ req, res }: { req: Request; res: Response }) =>
          requestContext(req, res, await viewers.viewerOf(req.headers.cookie)),
      }),
    }),
  ],
  providers: [
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_INTERCEPTOR, useClass: RootFieldInterceptor },
  ],
})
export class GraphqlModule {}
