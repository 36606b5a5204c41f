import { Args, Field, Float, ID, Int, ObjectType, Query, Resolver } from '@nestjs/graphql';
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
import { findCompletionHistory, type RecordedCompletion } from '../learning/completion-reversal.queries.js';
import { CompletionReversalType } from '../learning/completion-reversal.resolver.js';
import { CourseCompletion } from '../learning/course-completion.entity.js';
import { Program } from '../programs/program.entity.js';
import { findProgramOfCohort } from '../programs/program.queries.js';
import { Certificate } from './certificate.entity.js';
import { findCertificatesFor } from './credentials.queries.js';

@ObjectType({ description: 'A lesson that a completion counted.' })
class CountedLesson {
  @Field(() => Lesson)
  lesson!: Lesson;

  @Field(() => DateTime)
  completedAt!: Date;

  @Field(() => Float, {
    nullable: true,
    description:
      'Of a quiz, where an overall minimum was to be reached: the grade that counted, 0 to 100, rounded down.',
  })
  gradePercent!: number | null;
}

@ObjectType({ description: 'A completion with all that became of it.' })
class CompletionRecord {
  @Field(() => CourseCompletion)
  completion!: CourseCompletion;

  @Field(() => Int, { description: 'Of the course, that was completed.' })
  versionNumber!: number;

  @Field(() => [CountedLesson], { description: 'In the order of the course.' })
  lessons!: CountedLesson[];

  @Field(() => CompletionReversalType, { nullable: true, description: 'Null while it holds.' })
  reversal!: CompletionReversalType | null;

  @Field(() => Person, { nullable: true, description: 'Null while it holds.' })
  reversedBy!: Person | null;

  @Field(() => Certificate, { nullable: true, description: 'Null until a worker has issued it.' })
  certificate!: Certificate | null;
}

@ObjectType({ description: "Somebody's enrollment, for those who look after it." })
class LearnerRecord {
  @Field(() => Enrollment)
  enrollment!: Enrollment;

  @Field(() => Person)
  person!: Person;

  @Field(() => String)
  email!: string;

  @Field(() => Program, { nullable: true, description: 'That the enrollment is in, if it has a cohort.' })
  program!: Program | null;

  @Field(() => [CompletionRecord], { description: 'Newest first. One holds at most: the newest.' })
  completions!: CompletionRecord[];
}

@Resolver()
export class LearnerRecordResolver {
  constructor(
    private readonly database: Database,
    private readonly outlines: Outlines,
  ) {}

  @Access('SIGNED_IN')
  @Query(() => LearnerRecord, {
    description: 'For the managers of the program that the enrollment is in, and administrators.',
  })
  async learnerRecord(
    @Args('enrollmentId', { type: () => ID }) enrollmentId: string,
    @CurrentViewer() viewer: Viewer,
    @CurrentLocale() locale: string,
  ): Promise<LearnerRecord> {
    const found = await this.database.read(async (tx) => {
      const enrollment = await tx.findOneBy(Enrollment, { id: parseId(enrollmentId) });
      if (!enrollment) throw new NotFoundError();
      await requireOverseer(tx, viewer, enrollment);
      const history = (await findCompletionHistory(tx, [enrollment.id])).get(enrollment.id)!;
      const actors = history.flatMap(({ reversal }) => reversal?.reversedBy ?? []);
      const people = await findPeople(tx, [enrollment.personId, ...actors]);
      const certificates = await findCertificatesFor(
        tx,
        history.map(({ completion }) => completion.id),
      );
      const program = enrollment.cohortId && (await findProgramOfCohort(tx, enrollment.cohortId));
      return { enrollment, history, people, certificates, program: program || null };
    });
    const { enrollment, history, people, certificates, program } = found;
    const person = people.get(enrollment.personId)!;
    const completions = await Promise.all(
      history.toReversed().map(async (recorded) => ({
        ...(await this.present(recorded, locale)),
        reversedBy: people.get(recorded.reversal?.reversedBy ?? '') ?? null,
        certificate: certificates.get(recorded.completion.id) ?? null,
      })),
    );
    return { enrollment, person, email: person.email, program, completions };
  }

  private async present({ completion, reversal }: RecordedCompletion, locale: string) {
    const outline = await this.outlines.require(completion.versionId);
    const evidence = new Map(completion.evidence.map((each) => [each.lessonKey, each]));
    const counted = outline.lessonsIn(locale).filter(({ key }) => evidence.has(key));
    return {
      completion,
      versionNumber: outline.version.number,
      lessons: counted.map((lesson) => {
        const { completedAt, grade } = evidence.get(lesson.key)!;
        return { lesson, completedAt: new Date(completedAt), gradePercent: grade?.percent ?? null };
      }),
      reversal: reversal && {
        ...reversal,
        askedLessons: counted.filter(({ key }) => reversal.askedKeys.includes(key)),
      },
    };
  }
}
