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
import type { GraphqlContext } from '../../platform/graphql/context.js';
import { inLocale } from '../../platform/locale.js';
import { CourseVersion, PublishPolicyEnum, type PublishPolicy } from '../catalog/course-version.entity.js';
import { requireTrainerToRead } from '../catalog/course.policies.js';
import { findVersions } from '../catalog/course.queries.js';
import {
  compareContent,
  LESSON_CHANGE_KINDS,
  policyImpacts,
  type LessonChangeKind,
} from '../studio/publish-impact.rules.js';
import { readContents, type VersionContent } from '../catalog/version-content.js';
import { countEarlierLearners } from './learning.queries.js';

const LessonChangeKindEnum = Object.fromEntries(LESSON_CHANGE_KINDS.map((kind) => [kind, kind]));
registerEnumType(LessonChangeKindEnum, {
  name: 'LessonChangeKind',
  description: 'What became of a lesson.',
  valuesMap: {
    CHANGED: { description: 'Its texts, minutes, questions, pass mark, or whether it is required.' },
    MOVED: { description: 'The same, elsewhere in the course.' },
  },
});

@ObjectType('LessonChange', { description: 'What became of one lesson from a version to the next.' })
class LessonChangeType {
  @Field(() => LessonChangeKindEnum)
  kind!: LessonChangeKind;

  @Field(() => String)
  key!: string;

  @Field(() => String)
  title!: string;

  @Field(() => Boolean, { description: 'In the version; for a removed lesson, in the one before.' })
  required!: boolean;
}

@ObjectType('PolicyImpact', {
  description: 'Whom a policy of publishing concerns, and what it asks of them.',
})
class PolicyImpactType {
  @Field(() => PublishPolicyEnum)
  policy!: PublishPolicy;

  @Field(() => Int, { description: 'People in progress who stay on the version that they began.' })
  learnersStaying!: number;

  @Field(() => Int, {
    description: 'People in progress who go on in this version; what they did carries over by lesson key.',
  })
  learnersMoving!: number;

  @Field(() => Int, {
    description: 'People who completed: they stay completed, and are asked for what is new.',
  })
  learnersAsked!: number;

  @Field(() => Int, { description: 'Required lessons more for those who move or are asked.' })
  lessonsMore!: number;

  @Field(() => Int, { description: 'Minutes of those lessons.' })
  minutesMore!: number;
}

@ObjectType({ description: 'Whom publishing a version concerns, and what it changes for new learners.' })
class PublishImpact {
  @Field(() => Int, {
    description: 'People who take an earlier version now. Test accounts and people with a role are left out.',
  })
  learnersInProgress!: number;

  @Field(() => Int, { description: 'People who completed an earlier version; the same are left out.' })
  learnersCompleted!: number;

  @Field(() => [LessonChangeType], {
    description: 'In the order of the version, then those removed. Empty when the lessons are the same.',
  })
  changes!: LessonChangeType[];

  @Field(() => Int, { description: 'Of the required lessons, in the version before. 0 when there is none.' })
  minutesBefore!: number;

  @Field(() => Int, { description: 'Of the required lessons.' })
  minutesAfter!: number;

  @Field(() => [PolicyImpactType], { description: 'What each policy does, to choose from.' })
  policies!: PolicyImpactType[];
}

@Resolver(() => CourseVersion)
export class PublishImpactResolver {
  constructor(private readonly database: Database) {}

  @ResolveField(() => PublishImpact, {
    description:
      'What publishing it changes, or changed: it is compared with the version before. For the trainers of its course.',
  })
  async impact(@Parent() version: CourseVersion, @Context() context: GraphqlContext): Promise<PublishImpact> {
    await requireTrainerToRead(this.database, context, version.courseId);
    const versions = await context.loaders.load(findVersions, version.courseId, (ids) =>
      this.database.read((tx) => findVersions(tx, ids)),
    );
    const before = versions!.find(({ number }) => number < version.number); // newest first
    const [learners, old, now] = await Promise.all([
      context.loaders.load(countEarlierLearners, version.id, (ids) =>
        this.database.read((tx) => countEarlierLearners(tx, ids)),
      ),
      before ? this.contentOf(before, context) : null,
      this.contentOf(version, context),
    ]);
    const { lessons, more, ...minutes } = compareContent(old, now);
    const { inProgress, completed } = learners ?? { inProgress: 0, completed: 0 };
    return {
      learnersInProgress: inProgress,
      learnersCompleted: completed,
      policies: policyImpacts({ inProgress, completed }, { more }),
      changes: lessons.map((change) => ({
        ...change,
        title: inLocale(change.title, context.locale, version.defaultLocale) ?? change.key,
      })),
      ...minutes,
    };
  }

  private async contentOf({ id }: CourseVersion, { loaders }: GraphqlContext): Promise<VersionContent> {
    const content = await loaders.load(readContents, id, (ids) =>
      this.database.read((tx) => readContents(tx, ids)),
    );
    return content!;
  }
}
