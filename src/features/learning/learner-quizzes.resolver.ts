import { Args, Field, ID, Int, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { Database } from '../../platform/database/database.js';
import { NotFoundError } from '../../platform/errors.js';
import { CurrentLocale, CurrentViewer } from '../../platform/graphql/context.js';
import { DateTime } from '../../platform/graphql/scalars.js';
import { parseId } from '../../platform/ids.js';
import { Lesson } from '../catalog/lesson.entity.js';
import { Outlines } from '../catalog/outlines.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import { requireOverseer } from '../enrollment/enrollment.policies.js';
import { findPeople } from '../identity/identity.queries.js';
import { Person } from '../identity/person.entity.js';
import { QuizAllowance } from './quiz-allowance.entity.js';
import { findAllowancesOf } from './quiz-allowance.queries.js';
import { isNothing } from './quiz-allowance.rules.js';
import { findOwnAttempts } from './quiz.queries.js';
import { settingsOf } from './quiz-settings.rules.js';

@ObjectType({ description: 'A quiz of the version that somebody takes, and what they were given in it.' })
class LearnerQuiz {
  @Field(() => Lesson)
  lesson!: Lesson;

  @Field(() => Int, { nullable: true, description: 'For everybody. Null: as often as wanted.' })
  attemptLimit!: number | null;

  @Field(() => Int, { nullable: true, description: 'Of one attempt, for everybody. Null: none.' })
  timeLimitMinutes!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'For everybody. Null: never.' })
  closesAt!: Date | null;

  @Field(() => Int, { description: 'Begun so far, of those that count.' })
  attemptsMade!: number;

  @Field(() => QuizAllowance, { nullable: true, description: 'In force. Null: nothing.' })
  allowance!: QuizAllowance | null;

  @Field(() => [QuizAllowance], {
    description: 'What was given and taken back before, the newest first; one of nothing took back.',
  })
  earlier!: QuizAllowance[];
}

@ObjectType({ description: "The quizzes of somebody's course, for those who look after them." })
class LearnerQuizzes {
  @Field(() => Enrollment)
  enrollment!: Enrollment;

  @Field(() => Person)
  person!: Person;

  @Field(() => String)
  email!: string;

  @Field(() => [LearnerQuiz], { description: 'In the order of the course.' })
  quizzes!: LearnerQuiz[];
}

@Resolver()
export class LearnerQuizzesResolver {
  constructor(
    private readonly database: Database,
    private readonly outlines: Outlines,
  ) {}

  @Access('SIGNED_IN')
  @Query(() => LearnerQuizzes, {
    description: 'For the managers of the program that the enrollment is in, and administrators.',
  })
  async learnerQuizzes(
    @Args('enrollmentId', { type: () => ID }) enrollmentId: string,
    @CurrentViewer() viewer: Viewer,
    @CurrentLocale() locale: string,
  ): Promise<LearnerQuizzes> {
    return this.database.read(async (tx) => {
      const enrollment = await tx.findOneBy(Enrollment, { id: parseId(enrollmentId) });
      if (!enrollment) throw new NotFoundError();
      await requireOverseer(tx, viewer, enrollment);
      const outline = await this.outlines.require(enrollment.versionId);
      const quizzes = outline.lessonsIn(locale).filter(({ kind }) => kind === 'QUIZ');
      const attempts = await findOwnAttempts(
        tx,
        enrollment.personId,
        quizzes.map(({ id }) => id),
      );
      const allowances = await findAllowancesOf(tx, enrollment.id);
      const person = (await findPeople(tx, [enrollment.personId])).get(enrollment.personId)!;
      return {
        enrollment,
        person,
        email: person.email,
        quizzes: quizzes.map((lesson) => {
          const settings = settingsOf(lesson);
          const [newest, ...earlier] = allowances.get(lesson.key) ?? [];
          const isInForce = newest !== undefined && !isNothing(newest);
          return {
            ...settings,
            lesson,
            closesAt: settings.closesAt === null ? null : new Date(settings.closesAt),
            attemptsMade: attempts.get(lesson.id)!.attempts.length,
            allowance: isInForce ? newest : null,
            earlier: isInForce || !newest ? earlier : [newest, ...earlier],
          };
        }),
      };
    });
  }
}
