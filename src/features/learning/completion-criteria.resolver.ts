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
import { BadInputError, UnauthenticatedError } from '../../platform/errors.js';
import { CurrentViewer, type GraphqlContext } from '../../platform/graphql/context.js';
import { DateTime } from '../../platform/graphql/scalars.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import { Course } from '../catalog/course.entity.js';
import { requireTrainer } from '../catalog/course.policies.js';
import { findPeople } from '../identity/identity.queries.js';
import { Person } from '../identity/person.entity.js';
import { CompletionCriteriaPreviewService } from './completion-criteria-preview.service.js';
import { CompletionReevaluation } from './completion-criteria.entity.js';
import { requireCriteriaReader } from './completion-criteria.policies.js';
import { findDecidedCriteria, findReevaluations } from './completion-criteria.queries.js';
import { isMinimum } from './completion-criteria.rules.js';
import { CompletionCriteriaService } from './completion-criteria.service.js';
import { FIRST_CRITERIA } from './completion.rules.js';

@ObjectType('CompletionCriteria', {
  description:
    'What completing a course takes: every required lesson, every graded quiz passed, and an overall minimum where one is set. A version never changes.',
})
class CompletionCriteriaType {
  @Field(() => Int, { description: 'From 1: what every course begins with.' })
  version!: number;

  @Field(() => Int, {
    nullable: true,
    description:
      "Of the average of the graded quizzes' grades, each quiz weighing the same: 1 to 100. Null: none.",
  })
  overallMinimumPercent!: number | null;

  @Field(() => String, { nullable: true, description: 'Why it was decided. Null for the first version.' })
  reason!: string | null;

  @Field(() => Person, { nullable: true, description: 'Null for the first version.' })
  decidedBy!: Person | null;

  @Field(() => DateTime, { nullable: true, description: 'In force since then. Null for the first version.' })
  decidedAt!: Date | null;

  @Field(() => CompletionReevaluation, { nullable: true, description: 'Null for the first version.' })
  reevaluation!: CompletionReevaluation | null;
}

@ObjectType({ description: 'What another overall minimum would change. Nothing is changed by it.' })
class CompletionCriteriaPreview {
  @Field(() => Int, { description: 'Of the criteria in force; for `completionCriteriaChange`.' })
  version!: number;

  @Field(() => Int, { nullable: true, description: 'That was tried. Null: none.' })
  overallMinimumPercent!: number | null;

  @Field(() => Int, { description: 'Learners in progress.' })
  inProgress!: number;

  @Field(() => Int, { description: 'Of those in progress, the first so many: 2,000 at most.' })
  lookedAt!: number;

  @Field(() => Int, { description: 'Of those looked at, who would be completed at once.' })
  completing!: number;

  @Field(() => Int, {
    description: 'Of those looked at, who would have the overall grade to raise, as well.',
  })
  oneMore!: number;

  @Field(() => Int, {
    description: 'Of those looked at, who would no longer have it to raise, and something else to do.',
  })
  oneLess!: number;

  @Field(() => Int, { description: 'People who completed the course: nothing changes for them.' })
  completed!: number;
}

@InputType()
class CompletionCriteriaChangeInput extends MutationInput {
  @Field(() => ID)
  courseId!: string;

  @Field(() => Int, { nullable: true, description: '1 to 100. Null or left out: none.' })
  overallMinimumPercent?: number | null;

  @Field(() => Int, { description: 'Of the criteria in force, as they were previewed.' })
  expectedVersion!: number;

  @Field(() => String, { description: 'Why, up to 500 characters; those who edit the course read it.' })
  reason!: string;
}

@ObjectType()
class CompletionCriteriaPayload extends MutationPayload {
  @Field(() => Course, { nullable: true })
  course?: Course;
}

@Resolver(() => Course)
export class CompletionCriteriaResolver {
  constructor(
    private readonly database: Database,
    private readonly criteria: CompletionCriteriaService,
    private readonly previews: CompletionCriteriaPreviewService,
  ) {}

  @Access('SIGNED_IN')
  @Mutation(() => CompletionCriteriaPayload, {
    description:
      'Sets what completing a course takes, and judges those in progress anew in the background. Completions stand. For its editors and authors.',
  })
  async completionCriteriaChange(
    @Args('input') input: CompletionCriteriaChangeInput,
    @CurrentViewer() viewer: Viewer,
  ) {
    return { course: await this.criteria.change(viewer, input) };
  }

  @ResolveField(() => [CompletionCriteriaType], {
    description:
      'The newest, which is in force, first. For its editors and authors, and for managers of a program that offers it.',
  })
  async completionCriteria(
    @Parent() course: Course,
    @Context() { viewer, loaders }: GraphqlContext,
  ): Promise<CompletionCriteriaType[]> {
    if (!viewer) throw new UnauthenticatedError();
    const { decided, reevaluations } = await this.database.read(async (tx) => {
      await requireCriteriaReader(tx, viewer, course);
      const found = (await findDecidedCriteria(tx, [course.id])).get(course.id)!;
      return {
        decided: found,
        reevaluations: await findReevaluations(
          tx,
          found.map(({ id }) => id),
        ),
      };
    });
    const people = await Promise.all(
      decided.map(({ decidedBy }) =>
        loaders.load(findPeople, decidedBy, (ids) => this.database.read((tx) => findPeople(tx, ids))),
      ),
    );
    const later = decided.map((criteria, index): CompletionCriteriaType => ({
      ...criteria,
      decidedBy: people[index] ?? null,
      reevaluation: reevaluations.get(criteria.id) ?? null,
    }));
    const { version, overallMinimumPercent } = FIRST_CRITERIA;
    const nothing = { reason: null, decidedBy: null, decidedAt: null, reevaluation: null };
    return [...later, { version, overallMinimumPercent, ...nothing }];
  }

  @ResolveField(() => CompletionCriteriaPreview, { description: 'For its editors and authors.' })
  async completionCriteriaPreview(
    @Parent() course: Course,
    @Args('overallMinimumPercent', { type: () => Int, nullable: true }) percent: number | null = null,
    @Context() { viewer }: GraphqlContext,
  ): Promise<CompletionCriteriaPreview> {
    if (!viewer) throw new UnauthenticatedError();
    return this.database.read(async (tx) => {
      await requireTrainer(tx, viewer, course);
      if (!isMinimum(percent))
        throw new BadInputError('overallMinimumPercent: must be from 1 to 100, or null.');
      return this.previews.preview(tx, course.id, percent);
    });
  }
}
