import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DateTime, LocalDate } from '../../platform/graphql/scalars.js';
import { Person } from '../identity/person.entity.js';
import { Business } from './business.entity.js';
import { FACT_KINDS, type FactKind, type FactValue } from './business.rules.js';

export const FactKindEnum = Object.fromEntries(FACT_KINDS.map((kind) => [kind, kind]));
registerEnumType(FactKindEnum, {
  name: 'BusinessFactKind',
  description: 'What a fact is about. Region is ISO 3166-2, country ISO 3166-1 alpha-2, sector NACE Rev. 2.',
});

/** Something true of a business from a date on, said by someone. Facts are added, never changed: the latest one counts. */
@ObjectType({ description: 'Something true of a business from a date on, and who said so.' })
@Entity()
@Check(
  'business_fact_kind_check',
  `kind IN ('COUNTRY', 'REGION', 'HEADCOUNT', 'FOR_PROFIT', 'TRADING_SINCE', 'SECTOR')`,
)
@Index('business_fact_business_id_kind_as_of_idx', ['businessId', 'kind', 'asOf', 'recordedAt'])
export class BusinessFact {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  @ForeignKey(() => Business, { onDelete: 'CASCADE' })
  businessId!: string;

  @Field(() => FactKindEnum)
  @Column('text')
  kind!: FactKind;

  @Column('jsonb')
  value!: FactValue;

  @Field(() => LocalDate, { description: 'From when it is true.' })
  @Column('date')
  asOf!: string;

  @Field(() => DateTime)
  @Column('timestamptz')
  recordedAt!: Date;

  /** Who said so; null when they were erased. */
  @Column('uuid', { nullable: true })
  @ForeignKey(() => Person, { onDelete: 'SET NULL' })
  recordedBy!: string | null;
}
