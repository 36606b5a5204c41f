import { Inject } from '@nestjs/common';
import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CONFIG, type RunningConfig } from '../../config.js';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { Database } from '../../platform/database/database.js';
import { CurrentViewer, type GraphqlContext } from '../../platform/graphql/context.js';
import { isId } from '../../platform/ids.js';
import { Course } from '../catalog/course.entity.js';
import { findCourses } from '../catalog/course.queries.js';
import { ViewerProfile } from '../identity/identity.resolver.js';
import { Certificate } from './certificate.entity.js';
import { findCertificatesOf } from './credentials.queries.js';

@Resolver(() => Certificate)
export class CertificateResolver {
  constructor(
    @Inject(CONFIG) private readonly config: RunningConfig,
    private readonly database: Database,
  ) {}

  @Access('PUBLIC')
  @Query(() => Certificate, { nullable: true, description: 'Null when there is no such certificate.' })
  async certificate(@Args('id', { type: () => ID }) id: string): Promise<Certificate | null> {
    if (!isId(id)) return null;
    return this.database.read((tx) => tx.findOneBy(Certificate, { id }));
  }

  @ResolveField(() => Course)
  async course(@Parent() { courseId }: Certificate, @Context() { loaders }: GraphqlContext): Promise<Course> {
    const course = await loaders.load(findCourses, courseId, (ids) =>
      this.database.read((tx) => findCourses(tx, ids)),
    );
    return course!;
  }

  @ResolveField(() => String, { description: 'The page where anyone can verify it, without an account.' })
  verificationUrl(@Parent() { id }: Certificate): string {
    return `${this.config.publicUrl}/credentials/${id}`;
  }
}

@Resolver(() => ViewerProfile)
export class ViewerCertificatesResolver {
  constructor(private readonly database: Database) {}

  @ResolveField(() => [Certificate], { description: 'Newest first.' })
  certificates(@CurrentViewer() viewer: Viewer): Promise<Certificate[]> {
    return this.database.read((tx) => findCertificatesOf(tx, viewer.personId));
  }
}
