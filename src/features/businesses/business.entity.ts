import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Person } from '../identity/person.entity.js';

/** A very small business. What is true of it at a date is a fact; see {@link BusinessFact}. */
@ObjectType({ description: 'A very small business, as its owners and those who run grants see it.' })
@Entity()
@Index('business_registration_number_key', ['registrationNumber'], {
  unique: true,
  where: 'registration_number IS NOT NULL',
})
export class Business {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Field(() => String)
  @Column('text')
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'In the national register of companies (SIREN in France).',
  })
  @Column('text', { nullable: true })
  registrationNumber!: string | null;

  @Column('timestamptz')
  createdAt!: Date;
}

/** Who may act for a business. */
@Entity()
export class BusinessMember {
  @PrimaryColumn('uuid')
  @ForeignKey(() => Business, { onDelete: 'CASCADE' })
  businessId!: string;

  @Index('business_member_person_id_idx')
  @PrimaryColumn('uuid')
  @ForeignKey(() => Person, { onDelete: 'CASCADE' })
  personId!: string;

  @Column('timestamptz')
  createdAt!: Date;
}
