import { Context, Field, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Database } from '../../platform/database/database.js';
import type { GraphqlContext } from '../../platform/graphql/context.js';
import { DateTime } from '../../platform/graphql/scalars.js';
import { Lesson } from '../catalog/lesson.entity.js';
import { Outlines } from '../catalog/outlines.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import { findStandingReversals } from './completion-reversal.queries.js';

@ObjectType('CompletionReversal', { description: 'Why a completion does not hold any more.' })
export class CompletionReversalType {
  @Field(() => String, { description: 'In the words of whoever reversed it.' })
  reason!: string;

  @Field(() => DateTime)
  reversedAt!: Date;

  @Field(() => [Lesson], {
    description:
      'To do again, in the order of the course, as the version has them that the learner follows now. Everything else stays done.',
  })
  askedLessons!: Lesson[];
}

@Resolver(() => Enrollment)
export class EnrollmentReversalResolver {
  constructor(
    private readonly database: Database,
    private readonly outlines: Outlines,
  ) {}

  @ResolveField(() => CompletionReversalType, {
    nullable: true,
    description: 'Null unless the completion was reversed, and the course not completed again since.',
  })
  async reversal(
    @Parent() { id, state, versionId }: Enrollment,
    @Context() { loaders, locale }: GraphqlContext,
  ): Promise<CompletionReversalType | null> {
    if (state !== 'ACTIVE') return null;
    const reversal = await loaders.load(findStandingReversals, id, (ids) =>
      this.database.read((tx) => findStandingReversals(tx, ids)),
    );
    if (!reversal) return null;
    const lessons = (await this.outlines.require(versionId)).lessonsIn(locale);
    return { ...reversal, askedLessons: lessons.filter(({ key }) => reversal.askedKeys.includes(key)) };
  }
}
