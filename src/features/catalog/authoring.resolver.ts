import {
  Args,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  registerEnumType,
  Resolver,
} from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { CurrentViewer } from '../../platform/graphql/context.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import { AuthoringService } from './authoring.service.js';
import { CourseVersion, PublishPolicyEnum, type PublishPolicy } from './course-version.entity.js';
import { ImportService } from './import.service.js';
import { IMPORT_PROBLEM_CODES, type ImportProblemCode } from './import/import-problems.js';

export const ProblemCodeEnum = Object.fromEntries(IMPORT_PROBLEM_CODES.map((code) => [code, code]));
registerEnumType(ProblemCodeEnum, { name: 'ImportProblemCode' });
export const SeverityEnum = { ERROR: 'ERROR', WARNING: 'WARNING' } as const;
registerEnumType(SeverityEnum, {
  name: 'ImportProblemSeverity',
  valuesMap: {
    ERROR: { description: 'Something in the files is not in the course.' },
    WARNING: { description: 'The course is whole, but perhaps not as meant.' },
  },
});

@ObjectType('ImportProblem', {
  description: 'Something in a file that the import did not take as it stands.',
})
export class ImportProblemType {
  @Field(() => String)
  file!: string;

  @Field(() => Int, { description: 'From 1.' })
  line!: number;

  @Field(() => SeverityEnum)
  severity!: keyof typeof SeverityEnum;

  @Field(() => ProblemCodeEnum)
  code!: ImportProblemCode;

  @Field(() => String, { description: 'What is wrong and how to mend it.' })
  message!: string;
}

@ObjectType({ description: 'How much of a course an import understood.' })
class ImportCounts {
  @Field(() => Int)
  modules!: number;

  @Field(() => Int)
  lessons!: number;

  @Field(() => Int)
  questions!: number;
}

@ObjectType('ImportReport', { description: 'What an import understood, and what it did not.' })
class ImportReportType {
  @Field(() => ImportCounts)
  understood!: ImportCounts;

  @Field(() => [ImportProblemType])
  problems!: ImportProblemType[];
}

@InputType()
class ImportFileInput {
  @Field(() => String, { description: 'Relative to the course folder, with forward slashes.' })
  path!: string;

  @Field(() => String)
  text!: string;
}

@InputType()
class CourseImportInput extends MutationInput {
  @Field(() => String, { description: 'Lower case, digits and hyphens.' })
  slug!: string;

  @Field(() => [ImportFileInput], { description: 'In the Markdown format that content/README.md describes.' })
  files!: ImportFileInput[];

  @Field(() => Boolean, { defaultValue: false, description: 'Report only, change nothing.' })
  dryRun!: boolean;
}

@ObjectType()
class CourseImportPayload extends MutationPayload {
  @Field(() => ImportReportType, { nullable: true })
  report?: ImportReportType;

  @Field(() => CourseVersion, {
    nullable: true,
    description: 'The draft; null for a dry run, or when nothing could be read.',
  })
  version?: CourseVersion | null;
}

@InputType()
class CourseDraftCreateInput extends MutationInput {
  @Field(() => ID)
  courseId!: string;
}

@InputType()
class CourseVersionPublishInput extends MutationInput {
  @Field(() => ID)
  versionId!: string;

  @Field(() => PublishPolicyEnum, { defaultValue: 'NEW_LEARNERS_ONLY' })
  policy!: PublishPolicy;
}

@ObjectType()
export class CourseVersionPayload extends MutationPayload {
  @Field(() => CourseVersion, { nullable: true })
  version?: CourseVersion;
}

/** What trainers do. Which courses are theirs, the service asks. */
@Resolver()
export class AuthoringResolver {
  constructor(
    private readonly authoring: AuthoringService,
    private readonly imports: ImportService,
  ) {}

  @Access('SIGNED_IN')
  @Mutation(() => CourseImportPayload, {
    description: 'Reads a course from files into a draft. For trainers.',
  })
  courseImport(@Args('input') input: CourseImportInput, @CurrentViewer() viewer: Viewer) {
    const { slug, files, dryRun } = input;
    return this.imports.importCourse(viewer, { slug, files, dryRun });
  }

  @Access('SIGNED_IN')
  @Mutation(() => CourseVersionPayload, {
    description: "The course's draft, made from its published version if need be.",
  })
  async courseDraftCreate(
    @Args('input') { courseId }: CourseDraftCreateInput,
    @CurrentViewer() viewer: Viewer,
  ) {
    return { version: await this.authoring.createDraft(viewer, courseId) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => CourseVersionPayload, {
    description: 'Freezes a draft; from then on nothing can change it.',
  })
  async courseVersionPublish(
    @Args('input') input: CourseVersionPublishInput,
    @CurrentViewer() viewer: Viewer,
  ) {
    return { version: await this.authoring.publish(viewer, input.versionId, input.policy) };
  }
}
