import {
  Args,
  ArgsType,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { Database } from '../../platform/database/database.js';
import { ConnectionType, PageArgs, readPage } from '../../platform/graphql/connection.js';
import { CurrentLocale, CurrentViewer } from '../../platform/graphql/context.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import type { Locale } from '../../platform/locale.js';
import { ViewerProfile } from '../identity/identity.resolver.js';
import { ImportProblemType, SeverityEnum } from '../studio/import-problem.types.js';
import { CourseImport } from './course-import.entity.js';
import { findImportsOf } from './course-import.queries.js';
import { CourseImportService } from './course-import.service.js';
import { CourseVersion } from '../catalog/course-version.entity.js';
import { Course } from '../catalog/course.entity.js';
import { findCourses, findCoursesBySlug } from '../catalog/course.queries.js';
import { IMPORT_FORMATS } from '../formats/import/formats.js';
import type { ImportProblem } from '../formats/import/import-problems.js';

@ObjectType({ description: 'What was read of a file, in figures.' })
class CourseImportSummary {
  @Field(() => Int)
  modules!: number;

  @Field(() => Int)
  lessons!: number;

  @Field(() => Int, { description: 'Those of quizzes and those for the bank.' })
  questions!: number;

  @Field(() => Int, { description: 'Those that no quiz asks: they go into the question bank.' })
  bankQuestions!: number;

  @Field(() => Int, { description: 'Problems because of which something is left out.' })
  errors!: number;

  @Field(() => Int, { description: 'Problems that leave nothing out.' })
  warnings!: number;
}

const CourseImportJobConnection = ConnectionType(CourseImport, 'CourseImportJob');
const ImportProblemConnection = ConnectionType(ImportProblemType, 'ImportProblem');

@ArgsType()
class ProblemArgs extends PageArgs {
  @Field(() => SeverityEnum, { nullable: true, description: 'Only those of this severity.' })
  severity?: ImportProblem['severity'];
}

@InputType({ description: 'A quiz to make of the questions that an import brings for the bank.' })
class CourseImportQuizInput {
  @Field(() => String, { description: 'Title of a module of the course, or of a new one at its end.' })
  moduleTitle!: string;

  @Field(() => String)
  lessonTitle!: string;
}

@InputType()
class CourseImportApplyInput extends MutationInput {
  @Field(() => ID)
  jobId!: string;

  @Field(() => CourseImportQuizInput, {
    nullable: true,
    description: 'Left out: the questions are in the bank, and no lesson asks them yet.',
  })
  quiz?: CourseImportQuizInput;
}

@InputType()
class CourseImportCancelInput extends MutationInput {
  @Field(() => ID)
  jobId!: string;
}

@ObjectType()
class CourseImportJobPayload extends MutationPayload {
  @Field(() => CourseImport, { nullable: true })
  job?: CourseImport;
}

/** What trainers ask of their imports. */
@Resolver(() => CourseImport)
export class CourseImportResolver {
  constructor(
    private readonly imports: CourseImportService,
    private readonly database: Database,
  ) {}

  @Access('SIGNED_IN')
  @Query(() => CourseImport, { description: 'One of the viewer’s own imports, as `POST /imports` began it.' })
  courseImportJob(@Args('id', { type: () => ID }) id: string, @CurrentViewer() viewer: Viewer) {
    return this.imports.require(viewer, id);
  }

  @Access('SIGNED_IN')
  @Query(() => CourseImportJobConnection, { description: 'The viewer’s own imports, newest first.' })
  courseImportJobs(@Args() page: PageArgs, @CurrentViewer() { personId }: Viewer) {
    return readPage(
      page,
      (job: CourseImport) => job.id,
      (before, limit) => this.database.read((tx) => findImportsOf(tx, personId, before, limit)),
    );
  }

  @Access('SIGNED_IN')
  @Mutation(() => CourseImportJobPayload, {
    description:
      'Has what was understood taken over, in the background: all of it, or nothing. It replaces what the draft holds; published versions stay as they are.',
  })
  async courseImportApply(
    @Args('input') { jobId, quiz }: CourseImportApplyInput,
    @CurrentViewer() viewer: Viewer,
  ) {
    return { job: await this.imports.apply(viewer, jobId, quiz ?? null) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => CourseImportJobPayload, { description: 'Gives an import up that is not applied yet.' })
  async courseImportCancel(
    @Args('input') { jobId }: CourseImportCancelInput,
    @CurrentViewer() viewer: Viewer,
  ) {
    return { job: await this.imports.cancel(viewer, jobId) };
  }

  @ResolveField(() => CourseImportSummary, { nullable: true, description: 'Null until the file is read.' })
  summary(@Parent() { summary }: CourseImport) {
    return summary;
  }

  @ResolveField(() => String, { nullable: true, description: 'Why nothing was taken over, for people.' })
  failure(@Parent() { failure }: CourseImport, @CurrentLocale() locale: Locale): string | null {
    return failure && failure[locale];
  }

  @ResolveField(() => ImportProblemConnection, { description: 'By file, then line.' })
  async problems(@Parent() { id }: CourseImport, @Args() { severity, ...page }: ProblemArgs) {
    const job = await this.database.read((tx) =>
      tx.findOneOrFail(CourseImport, { where: { id }, select: { id: true, problems: true } }),
    );
    const numbered = (job.problems ?? []).map((problem, index) => ({ ...problem, index }));
    const wanted = severity ? numbered.filter((problem) => problem.severity === severity) : numbered;
    return readPage(
      page,
      ({ index }: (typeof numbered)[number]) => String(index),
      async (after, limit) =>
        wanted.filter(({ index }) => after === null || index > Number(after)).slice(0, limit),
      (key) => /^\d{1,6}$/.test(key),
    );
  }

  @ResolveField(() => Boolean, { description: 'It makes a course that is not there yet.' })
  isNewCourse(@Parent() { courseId }: CourseImport): boolean {
    return courseId === null;
  }

  @ResolveField(() => Course, {
    nullable: true,
    description: 'That it goes into; of a new one, null until it is applied.',
  })
  async course(@Parent() job: CourseImport): Promise<Course | null> {
    const { courseId, slug, state } = job;
    if (courseId)
      return (await this.database.read((tx) => findCourses(tx, [courseId]))).get(courseId) ?? null;
    if (state !== 'APPLIED') return null;
    const [course] = await this.database.read((tx) => findCoursesBySlug(tx, [slug]));
    return course ?? null;
  }

  @ResolveField(() => CourseVersion, {
    nullable: true,
    description:
      'The draft that it went into. Null until then, and when only the question bank of a course without draft changed.',
  })
  async version(@Parent() { versionId }: CourseImport): Promise<CourseVersion | null> {
    return versionId ? this.database.read((tx) => tx.findOneBy(CourseVersion, { id: versionId })) : null;
  }
}

/** Which files a trainer may send. */
@Resolver(() => ViewerProfile)
export class ImportFormatsResolver {
  @ResolveField(() => [String], {
    description: 'Names of the formats that imports are read in, such as MARKDOWN.',
  })
  importFormats(): string[] {
    return IMPORT_FORMATS.map(({ name }) => name);
  }
}

/** Problems are told in the language of the person who mends them. */
@Resolver(() => ImportProblemType)
export class ImportProblemResolver {
  @ResolveField(() => String, {
    description: 'What is wrong and how to mend it, in the viewer’s language where it was written so.',
  })
  message(@Parent() { message, messageFr }: ImportProblem, @CurrentLocale() locale: Locale): string {
    return locale === 'fr' ? (messageFr ?? message) : message;
  }
}
