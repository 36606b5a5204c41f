import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { BusinessesModule } from './features/businesses/businesses.module.js';
import { CatalogModule } from './features/catalog/catalog.module.js';
import { InterchangeModule } from './features/interchange/interchange.module.js';
import { StudioModule } from './features/studio/studio.module.js';
import { CredentialsModule } from './features/credentials/credentials.module.js';
import { EnrollmentModule } from './features/enrollment/enrollment.module.js';
import { GrantsModule } from './features/grants/grants.module.js';
import { IdentityModule } from './features/identity/identity.module.js';
import { LearningModule } from './features/learning/learning.module.js';
import { PackagesModule } from './features/packages/packages.module.js';
import { ProgramsModule } from './features/programs/programs.module.js';
import { RostersModule } from './features/rosters/rosters.module.js';
import { RemindersModule } from './features/reminders/reminders.module.js';
import { ReportingModule } from './features/reporting/reporting.module.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { FilesModule } from './platform/files/files.module.js';
import { GraphqlModule } from './platform/graphql/graphql.module.js';
import { HttpModule } from './platform/http/http.module.js';
import { JobsModule } from './platform/jobs/jobs.module.js';
import { PlatformModule, type Surroundings } from './platform/platform.module.js';

/** In dependency order: each feature may import only those above it. */
const features: Type[] = [
  IdentityModule,
  BusinessesModule,
  CatalogModule,
  StudioModule,
  InterchangeModule,
  ProgramsModule,
  EnrollmentModule,
  RostersModule,
  LearningModule,
  PackagesModule,
  CredentialsModule,
  GrantsModule,
  RemindersModule,
  ReportingModule,
];

@Module({})
export class AppModule {
  /** @param extras modules of the place it runs in, such as the embedded mode's mailbox and clock. */
  static with(surroundings: Surroundings, extras: Type[] = []): DynamicModule {
    const platform = [PlatformModule.with(surroundings), DatabaseModule, JobsModule, HttpModule, FilesModule];
    return { module: AppModule, imports: [...platform, ...features, ...extras, GraphqlModule] };
  }
}
