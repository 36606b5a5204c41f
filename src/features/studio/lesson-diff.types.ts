import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import {
  DIFF_CHANGES,
  type DiffBlock,
  type DiffChange,
  type DiffPart,
  type TextDiff,
} from './lesson-diff.rules.js';
import { LINE_KINDS, type LineKind } from './lesson-lines.rules.js';

const DiffChangeEnum = Object.fromEntries(DIFF_CHANGES.map((change) => [change, change]));
registerEnumType(DiffChangeEnum, {
  name: 'DiffChange',
  description: 'What became of a piece of text from one save to another.',
  valuesMap: { CHANGED: { description: 'Of a block: some of its words differ, or its formatting.' } },
});
const DiffBlockKindEnum = Object.fromEntries(LINE_KINDS.map((kind) => [kind, kind]));
registerEnumType(DiffBlockKindEnum, {
  name: 'DiffBlockKind',
  description: 'What a compared block is; TIP, NOTE and WARNING begin a box.',
});

@ObjectType('DiffPart', { description: 'A run of words of a compared block.' })
class DiffPartType implements DiffPart {
  @Field(() => DiffChangeEnum, { description: 'Never CHANGED.' })
  change!: DiffPart['change'];

  @Field(() => String, { description: 'Plain text; formatting is written with the signs of Markdown.' })
  text!: string;
}

@ObjectType('DiffBlock', { description: 'A block of one of two compared texts, or of both.' })
class DiffBlockType implements DiffBlock {
  @Field(() => DiffChangeEnum)
  change!: DiffChange;

  @Field(() => DiffBlockKindEnum)
  kind!: LineKind;

  @Field(() => Int, { description: 'In how many lists, quotes and boxes it stands.' })
  depth!: number;

  @Field(() => [DiffPartType], { description: 'All of its words, in order.' })
  parts!: DiffPartType[];
}

@ObjectType({ description: 'What differs from one text of a lesson to another.' })
export class LessonDiff implements TextDiff {
  @Field(() => [DiffPartType], { description: 'Of the title.' })
  title!: DiffPart[];

  @Field(() => [DiffBlockType], { description: 'Every block of both texts, those that stayed among them.' })
  blocks!: DiffBlock[];

  @Field(() => Int, { description: 'In the text, without the title.' })
  wordsInserted!: number;

  @Field(() => Int, { description: 'In the text, without the title.' })
  wordsDeleted!: number;
}
