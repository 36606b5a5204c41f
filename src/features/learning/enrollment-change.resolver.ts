import {
  Args,
  Context,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Parent,
  registerEnumType,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { Database } from '../../platform/database/database.js';
import { CurrentViewer, type GraphqlContext } from '../../platform/graphql/context.js';
import { DateTime } from '../../platform/graphql/scalars.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import { CourseVersion } from '../catalog/course-version.entity.js';
import { Lesson } from '../catalog/lesson.entity.js';
import { Outlines } from '../catalog/outlines.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import { ENROLLMENT_CHANGE_KINDS, type EnrollmentChangeKind } from './enrollment-change.entity.js';
import { VersionMoveService } from './version-move.service.js';
import { findUnseenChanges } from './version-move.queries.js';

const EnrollmentChangeKindEnum = Object.fromEntries(ENROLLMENT_CHANGE_KINDS.map((kind) => [kind, kind]));
registerEnumType(EnrollmentChangeKindEnum, {
  name: 'EnrollmentChangeKind',
  description: 'What publishing a version did for a learner.',
  valuesMap: {
    MOVED: { description: 'They go on in the new version. Nothing they did was taken away.' },
    OFFERED: {
      description:
        'They completed an earlier one and stay completed. What is new is theirs to do, if they like.',
    },
  },
});

@ObjectType('EnrollmentChange', { description: 'What a new version of the course changed for a learner.' })
class EnrollmentChangeType {
  @Field(() => EnrollmentChangeKindEnum)
  kind!: EnrollmentChangeKind;

  @Field(() => CourseVersion)
  version!: CourseVersion;

  @Field(() => DateTime)
  occurredAt!: Date;

  @Field(() => [Lesson], { description: 'In the order of the version.' })
  addedLessons!: Lesson[];

  @Field(() => [Lesson], { description: 'In the order of the version.' })
  changedLessons!: Lesson[];

  @Field(() => Int)
  removedCount!: number;

  @Field(() => Int, { description: 'Lessons done before that count in the new version.' })
  keptCount!: number;
}

@InputType()
class EnrollmentChangesSeenInput extends MutationInput {
  @Field(() => ID)
  enrollmentId!: string;
}

@ObjectType()
class EnrollmentChangesSeenPayload extends MutationPayload {
  @Field(() => Enrollment, { nullable: true })
  enrollment?: Enrollment;
}

@Resolver(() => Enrollment)
export class EnrollmentChangeResolver {
  constructor(
    private readonly moves: VersionMoveService,
    private readonly database: Database,
    private readonly outlines: Outlines,
  ) {}

  @Access('SIGNED_IN')
  @Mutation(() => EnrollmentChangesSeenPayload, {
    description: 'Notes that the learner read what changed; it is no longer told. Offers stay.',
  })
  async enrollmentChangesSeen(
    @Args('input') { enrollmentId }: EnrollmentChangesSeenInput,
    @CurrentViewer() viewer: Viewer,
  ) {
    return { enrollment: await this.moves.markSeen(viewer, enrollmentId) };
  }

  @ResolveField(() => [EnrollmentChangeType], {
    description: 'What new versions changed and the learner has not said to have read, newest first.',
  })
  async changes(
    @Parent() { id }: Enrollment,
    @Context() { loaders, locale }: GraphqlContext,
  ): Promise<EnrollmentChangeType[]> {
    const changes = await loaders.load(findUnseenChanges, id, (ids) =>
      this.database.read((tx) => findUnseenChanges(tx, ids)),
    );
    return Promise.all(
      changes!.map(async ({ versionId, addedKeys, changedKeys, removedKeys, ...rest }) => {
        const outline = await this.outlines.require(versionId);
        const lessonsOf = (keys: string[]): Lesson[] =>
          outline.lessonsIn(locale).filter(({ key }) => keys.includes(key));
        return {
          ...rest,
          version: outline.version,
          addedLessons: lessonsOf(addedKeys),
          changedLessons: lessonsOf(changedKeys),
          removedCount: removedKeys.length,
        };
      }),
    );
  }
}
