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
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { Database } from '../../platform/database/database.js';
import { CurrentViewer, type GraphqlContext } from '../../platform/graphql/context.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import { requireTrainerToRead } from '../catalog/course.policies.js';
import { Lesson } from '../catalog/lesson.entity.js';
import { Outlines } from '../catalog/outlines.js';
import { findPeople } from '../identity/identity.queries.js';
import { Person } from '../identity/person.entity.js';
import { QuizAllowance } from './quiz-allowance.entity.js';
import { findAllowancesGiven, findLearners } from './quiz-allowance.queries.js';
import { QuizAllowanceService } from './quiz-allowance.service.js';

@InputType({ isAbstract: true })
abstract class AllowanceInputType extends MutationInput {
  @Field(() => ID, { description: 'The quiz, in any version of its course.' })
  lessonId!: string;

  @Field(() => Int, { description: '0 to 1440.' })
  extraMinutes!: number;

  @Field(() => Int, { description: '0 to 100.' })
  extraAttempts!: number;

  @Field(() => String, {
    nullable: true,
    description: 'A later close: a local date and time such as `2026-12-31T23:59`. Null: as for everybody.',
  })
  closesLocal?: string | null;

  @Field(() => String, { nullable: true, description: 'IANA time zone of `closesLocal`.' })
  closesTimeZone?: string | null;

  @Field(() => String, { description: 'Why, up to 500 characters; the learner reads it.' })
  reason!: string;
}

@InputType()
class QuizAllowanceGiveInput extends AllowanceInputType {
  @Field(() => String, { description: 'Of somebody who takes the course.' })
  email!: string;
}

@InputType()
class QuizAllowanceGiveLearnerInput extends AllowanceInputType {
  @Field(() => ID)
  enrollmentId!: string;
}

@ObjectType()
class QuizAllowancePayload extends MutationPayload {
  @Field(() => QuizAllowance, { nullable: true })
  allowance?: QuizAllowance;
}

@ObjectType({ description: 'An allowance as the trainers of the course see it.' })
class QuizAllowanceGiven {
  @Field(() => Person)
  learner!: Person;

  @Field(() => String)
  email!: string;

  @Field(() => QuizAllowance)
  allowance!: QuizAllowance;
}

@Resolver(() => QuizAllowance)
export class QuizAllowanceResolver {
  constructor(
    private readonly database: Database,
    private readonly allowances: QuizAllowanceService,
  ) {}

  @Access('SIGNED_IN')
  @Mutation(() => QuizAllowancePayload, {
    description:
      'Gives a learner more time, more attempts or a later close, in place of what they were given before; nothing of either takes it back. For editors and authors.',
  })
  async quizAllowanceGive(@Args('input') input: QuizAllowanceGiveInput, @CurrentViewer() viewer: Viewer) {
    return { allowance: await this.allowances.give(viewer, input) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => QuizAllowancePayload, {
    description:
      'As `quizAllowanceGive`, to the learner of an enrollment. For the managers of the program that it is in, and administrators.',
  })
  async quizAllowanceGiveLearner(
    @Args('input') input: QuizAllowanceGiveLearnerInput,
    @CurrentViewer() viewer: Viewer,
  ) {
    return { allowance: await this.allowances.giveLearner(viewer, input) };
  }

  @ResolveField(() => Person, { description: 'Who gave it.' })
  async givenBy(
    @Parent() { givenBy }: QuizAllowance,
    @Context() { loaders }: GraphqlContext,
  ): Promise<Person> {
    return (await loaders.load(findPeople, givenBy, (ids) =>
      this.database.read((tx) => findPeople(tx, ids)),
    ))!;
  }
}

@Resolver(() => Lesson)
export class QuizAllowancesGivenResolver {
  constructor(
    private readonly database: Database,
    private readonly outlines: Outlines,
  ) {}

  @ResolveField(() => [QuizAllowanceGiven], {
    description:
      'Those in force, of whoever takes the course in whichever version, newest first. For its trainers.',
  })
  async allowances(
    @Parent() lesson: Lesson,
    @Context() context: GraphqlContext,
  ): Promise<QuizAllowanceGiven[]> {
    const { version } = await this.outlines.require(lesson.versionId);
    await requireTrainerToRead(this.database, context, version.courseId);
    const { loaders } = context;
    const given = await loaders.load(findAllowancesGiven, lesson.id, (ids) =>
      this.database.read((tx) => findAllowancesGiven(tx, ids)),
    );
    return Promise.all(
      (given ?? []).map(async (allowance) => {
        const personId = (await loaders.load(findLearners, allowance.enrollmentId, (ids) =>
          this.database.read((tx) => findLearners(tx, ids)),
        ))!;
        const learner = (await loaders.load(findPeople, personId, (ids) =>
          this.database.read((tx) => findPeople(tx, ids)),
        ))!;
        return { learner, email: learner.email, allowance };
      }),
    );
  }
}
