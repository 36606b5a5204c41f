import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Localized } from '../../platform/locale.js';
import { Person } from '../identity/person.entity.js';
import { Program } from '../programs/program.entity.js';
import type { RuleNode } from './eligibility.conditions.js';

/**
 * A call for grant applications. Its window is kept as local times in a named zone, as its notice prints them: a change
 * of daylight-saving rules moves the instant, not the promise.
 */
@ObjectType({ description: 'A call for grant applications.' })
@Entity()
@Index('grant_call_program_id_idx', ['programId'])
@Check('grant_call_window_check', 'opens_local < closes_local')
export class GrantCall {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  @ForeignKey(() => Program)
  programId!: string;

  @Column('jsonb')
  names!: Localized;

  /** ISO 8601 local date and time without an offset, `2026-09-01T09:00`. */
  @Column('text')
  opensLocal!: string;

  /** ISO 8601 local date and time without an offset. Applications are taken up to this instant. */
  @Column('text')
  closesLocal!: string;

  @Field(() => String, { description: 'IANA time zone of its window.' })
  @Column('text')
  timeZone!: string;

  @Column('timestamptz')
  createdAt!: Date;
}

/** The rules of a call as they stood at a time. A trigger refuses to change them: a new edition is a new row. */
@ObjectType({ description: 'The rules of a call as they stood at a time.' })
@Entity()
@Unique('rule_set_call_id_number_key', ['callId', 'number'])
export class RuleSet {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  @ForeignKey(() => GrantCall)
  callId!: string;

  @Field(() => Int, { description: 'From 1; the highest is in force.' })
  @Column('int')
  number!: number;

  @Column('jsonb')
  tree!: RuleNode;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('uuid', { nullable: true })
  @ForeignKey(() => Person)
  createdBy!: string | null;
}
