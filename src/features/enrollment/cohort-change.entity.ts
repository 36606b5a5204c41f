import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { DateTime } from '../../platform/graphql/scalars.js';
import { Person } from '../identity/person.entity.js';
import { Cohort } from '../programs/program.entity.js';
import { COHORT_FIELDS, type CohortField } from './cohort.rules.js';

const CohortFieldEnum = Object.fromEntries(COHORT_FIELDS.map((field) => [field, field]));
registerEnumType(CohortFieldEnum, {
  name: 'CohortField',
  description: 'By the names of `CohortUpdateInput`.',
});

@ObjectType({ description: 'One thing that was changed about a cohort.' })
export class CohortFieldChange {
  @Field(() => CohortFieldEnum)
  field!: CohortField;

  @Field(() => [String], {
    description:
      'As text; of `courseIds` their ids. Empty: no limit, and of `courseIds`: all of the program.',
  })
  before!: string[];

  @Field(() => [String], { description: 'As `before`.' })
  after!: string[];
}

/** A change of a cohort, with what was changed by it. */
@ObjectType({ description: 'A change of a cohort. For the managers of its program.' })
@Entity()
@Check('cohort_change_revision_check', 'revision > 1')
export class CohortChange {
  @PrimaryColumn('uuid')
  @ForeignKey(() => Cohort, { onDelete: 'CASCADE' })
  cohortId!: string;

  /** That the cohort has since. */
  @PrimaryColumn('int')
  revision!: number;

  @Column('uuid', { nullable: true })
  @ForeignKey(() => Person, { onDelete: 'SET NULL' })
  changedBy!: string | null;

  @Field(() => DateTime)
  @Column('timestamptz')
  changedAt!: Date;

  @Field(() => [CohortFieldChange])
  @Column('jsonb')
  fields!: CohortFieldChange[];
}
