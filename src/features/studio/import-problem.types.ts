import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IMPORT_PROBLEM_CODES, type ImportProblemCode } from '../formats/import/import-problems.js';

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
