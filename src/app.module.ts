import { Module, type DynamicModule } from '@nestjs/common';
import { DatabaseModule } from './platform/database/database.module.js';
import { GraphqlModule } from './platform/graphql/graphql.module.js';
import { HttpModule } from './platform/http/http.module.js';
import { JobsModule } from './platform/jobs/jobs.module.js';
import { PlatformModule, type Surroundings } from './platform/platform.module.js';
import { BusinessesModule } from './features/businesses/businesses.module.js';
import { CatalogModule } from './features/catalog/catalog.module.js';
import { IdentityModule } from './features/identity/identity.module.js';
import { ProgramsModule } from './features/programs/programs.module.js';

/** The features, in dependency order: each may import only those above it. */
const features = [
  IdentityModule,
  BusinessesModule,
  CatalogModule,
  ProgramsModule,
];

@Module({})
export class AppModule {
  static with(surroundings: Surroundings): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(surroundings),
        DatabaseModule,
        JobsModule,
        HttpModule,
        ...features,
        GraphqlModule,
      ],
    };
  }
}
