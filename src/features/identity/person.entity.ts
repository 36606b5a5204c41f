import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import { ROLES, type Role } from '../../platform/access/viewer.js';
import { LOCALES, type Locale } from '../../platform/locale.js';

export const LocaleEnum = Object.fromEntries(LOCALES.map((locale) => [locale, locale]));
registerEnumType(LocaleEnum, { name: 'Locale', description: 'A language that the product speaks (BCP 47).' });
export const RoleEnum = Object.fromEntries(ROLES.map((role) => [role, role]));
registerEnumType(RoleEnum, { name: 'Role', description: 'What a person may be besides a learner.' });

export const TEXT_SIZES = ['MEDIUM', 'LARGE', 'LARGEST'] as const;
export type TextSize = (typeof TEXT_SIZES)[number];
export const TextSizeEnum = Object.fromEntries(TEXT_SIZES.map((size) => [size, size]));
registerEnumType(TextSizeEnum, { name: 'TextSize', description: 'How large the texts of the pages are.' });

/** Someone who signed in at least once, or whom a program invited. */
@ObjectType({ description: 'Someone who signed in at least once, or whom a program invited.' })
@Entity()
@Check('person_locale_check', `locale IN ('en', 'fr')`)
@Check('person_roles_check', `roles <@ ARRAY['TRAINER', 'MANAGER', 'ADMIN']`)
@Check('person_email_check', `email = lower(email)`)
@Check('person_text_size_check', `text_size IN ('MEDIUM', 'LARGE', 'LARGEST')`)
@Unique('person_email_key', ['email'])
export class Person {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  /** Lower case. Shown only to its owner, and to those who have a reason to see it. */
  @Column('text')
  email!: string;

  @Field(() => String, {
    nullable: true,
    description: 'As the person writes it; it appears on their certificates.',
  })
  @Column('text', { nullable: true })
  name!: string | null;

  @Column('text')
  locale!: Locale;

  /** IANA time zone. */
  @Column('text')
  timeZone!: string;

  @Column('text', { array: true, default: '{}' })
  roles!: Role[];

  /** How large the person reads. */
  @Column('text', { default: 'MEDIUM' })
  textSize!: TextSize;

  /** Pictures and videos load when they are tapped. */
  @Column('boolean', { default: false })
  lowData!: boolean;

  /** Made to try things out: counted in no report. */
  @Column('boolean', { default: false })
  isTest!: boolean;

  @Column('timestamptz')
  createdAt!: Date;
}
