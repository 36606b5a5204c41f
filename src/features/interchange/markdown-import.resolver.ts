import { Args, Field, InputType, Int, Mutation, ObjectType, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { CurrentViewer } from '../../platform/graphql/context.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import { CourseVersion } from '../catalog/course-version.entity.js';
import { ImportProblemType } from '../studio/import-problem.types.js';
import { MarkdownImportService } from './markdown-import.service.js';

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

/** A course from texts in one request; files go through `courseImportStart`. */
@Resolver()
export class MarkdownImportResolver {
  constructor(private readonly imports: MarkdownImportService) {}

  @Access('SIGNED_IN')
  @Mutation(() => CourseImportPayload, {
    description: 'Reads a course from files into a draft. For trainers.',
  })
  courseImport(@Args('input') input: CourseImportInput, @CurrentViewer() viewer: Viewer) {
    const { slug, files, dryRun } = input;
    return this.imports.importCourse(viewer, { slug, files, dryRun });
  }
}
