import { Args, Field, Int, ObjectType, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import { BadInputError } from '../../platform/errors.js';
import { ProblemCodeEnum, SeverityEnum } from './import-problem.types.js';
import { renderBlockDocument } from '../catalog/block-document.html.js';
import type { ImportProblem } from '../formats/import/import-problems.js';
import { markdownFromBlocks } from '../formats/import/markdown-from-blocks.js';
import { LessonTranslation } from './lesson-editing.resolver.js';
import { MAX_MARKDOWN_LENGTH, readLessonMarkdown } from './lesson-markdown.rules.js';

@ObjectType({ description: 'Something in a text that lessons do not hold as it stands.' })
class MarkdownProblem implements Pick<ImportProblem, 'line' | 'severity' | 'code'> {
  @Field(() => Int, { description: 'From 1.' })
  line!: number;

  @Field(() => SeverityEnum, { description: 'With an ERROR the text cannot be saved.' })
  severity!: ImportProblem['severity'];

  @Field(() => ProblemCodeEnum)
  code!: ImportProblem['code'];
}

@ObjectType({ description: 'How learners would see a text that is not saved yet.' })
class MarkdownPreview {
  @Field(() => String, { description: 'Safe HTML, without what lessons do not hold.' })
  html!: string;

  @Field(() => [MarkdownProblem], { description: 'In the order of the lines.' })
  problems!: MarkdownProblem[];
}

/** A lesson's text in the forms that trainers read and write it in. */
@Resolver(() => LessonTranslation)
export class LessonMarkdownResolver {
  @ResolveField(() => String, {
    nullable: true,
    description: 'The text as Markdown, for `lessonUpdate`. Null where `body` is.',
  })
  markdown(@Parent() { body }: LessonTranslation): string | null {
    return body && markdownFromBlocks(body);
  }

  @ResolveField(() => String, { nullable: true, description: 'The text as safe HTML. Null where `body` is.' })
  bodyHtml(@Parent() { body }: LessonTranslation): string | null {
    return body && renderBlockDocument(body);
  }

  @Access('SIGNED_IN')
  @Query(() => MarkdownPreview, {
    description: 'Reads a text as `lessonUpdate` would. It changes nothing, and tells only of what was sent.',
  })
  markdownPreview(@Args('markdown', { type: () => String }) markdown: string): MarkdownPreview {
    if (markdown.length > MAX_MARKDOWN_LENGTH)
      throw new BadInputError(`markdown: ${MAX_MARKDOWN_LENGTH} characters at most.`);
    const { document, problems } = readLessonMarkdown(markdown);
    return { html: document ? renderBlockDocument(document) : '', problems };
  }
}
