import {
  Context,
  Field,
  Int,
  ObjectType,
  Parent,
  registerEnumType,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { Database } from '../../platform/database/database.js';
import { UnauthenticatedError } from '../../platform/errors.js';
import type { GraphqlContext } from '../../platform/graphql/context.js';
import { requireTrainerToRead } from '../catalog/course.policies.js';
import { Lesson } from '../catalog/lesson.entity.js';
import { Outlines } from '../catalog/outlines.js';
import { PackagePasses } from './package-passes.js';
import { findPackagePlaces } from './package-record.queries.js';
import { PACKAGE_STATUSES, type PackageStatus } from './package-result.rules.js';

const PackageStatusEnum = Object.fromEntries(PACKAGE_STATUSES.map((status) => [status, status]));
registerEnumType(PackageStatusEnum, {
  name: 'PackageStatus',
  description: 'What a package says of its learner. COMPLETED and PASSED complete the lesson.',
});

@ObjectType({ description: 'Where the viewer stands in a package, in their newest enrollment.' })
class PackageStanding {
  @Field(() => PackageStatusEnum, { nullable: true, description: 'Null before it was opened.' })
  status!: PackageStatus | null;

  @Field(() => Int, { nullable: true, description: 'The best one, 0 to 100. Null when it gave none.' })
  scorePercent!: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Where it is played, for a few hours: whoever has it may play it as the viewer. Null where packages are not played (PACKAGES_URL).',
  })
  address!: string | null;
}

@Resolver(() => Lesson)
export class PackageResolver {
  constructor(
    private readonly database: Database,
    private readonly outlines: Outlines,
    private readonly passes: PackagePasses,
  ) {}

  @ResolveField(() => PackageStanding, {
    nullable: true,
    description: 'Null for what is no package, and for who does not take the course.',
  })
  async packageStanding(
    @Parent() { id, package: content }: Lesson,
    @Context() { viewer, loaders }: GraphqlContext,
  ): Promise<PackageStanding | null> {
    if (!viewer || !content) return null;
    const place = await loaders.load(findPackagePlaces, id, (ids) =>
      this.database.read((tx) => findPackagePlaces(tx, viewer.personId, ids)),
    );
    if (!place) return null;
    const { enrollmentId, status, scorePercent } = place;
    const pass = { kind: 'ENROLLMENT', subjectId: enrollmentId, lessonId: id, file: content.file } as const;
    return { status, scorePercent, address: this.passes.addressFor(pass) };
  }

  @ResolveField(() => String, {
    nullable: true,
    description:
      'Where the trainers of its course play a package without anything being recorded. Null for what is no package, and where packages are not played (PACKAGES_URL).',
  })
  async packagePreviewAddress(
    @Parent() { id, versionId, package: content }: Lesson,
    @Context() context: GraphqlContext,
  ): Promise<string | null> {
    if (!context.viewer) throw new UnauthenticatedError();
    const { version } = await this.outlines.require(versionId);
    await requireTrainerToRead(this.database, context, version.courseId);
    if (!content) return null;
    const { personId: subjectId } = context.viewer;
    return this.passes.addressFor({ kind: 'PREVIEW', subjectId, lessonId: id, file: content.file });
  }
}
