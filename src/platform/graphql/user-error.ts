import { Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DomainError, userErrorCodes } from '../errors.js';
import type { Locale } from '../locale.js';

registerEnumType(userErrorCodes, {
  name: 'UserErrorCode',
  description: 'Why a mutation was refused. Each code has one meaning in the whole product.',
});

/** Why a mutation was refused, in words a person can act on. */
@ObjectType({ description: 'Why a mutation was refused, in words a person can act on.' })
export class UserError {
  @Field(() => userErrorCodes, { description: 'For programs.' })
  code!: string;

  @Field(() => String, { description: "For people: a sentence in the viewer's language." })
  message!: string;

  @Field(() => String, { nullable: true, description: 'The input field that it is about, if there is one.' })
  field?: string;
}

/** What every mutation's payload has. The noun beside it is null exactly when there are errors. */
@ObjectType({ isAbstract: true })
export abstract class MutationPayload {
  @Field(() => [UserError], { description: 'Empty when the mutation was done.' })
  userErrors?: UserError[];
}

/** What every mutation's input may have, sign-in excepted. */
@InputType({ isAbstract: true })
export abstract class MutationInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Up to 100 characters. Sent again within 30 days, the first answer is given again and nothing is done twice.',
  })
  idempotencyKey?: string;
}

export function toUserError(error: DomainError, locale: Locale): UserError {
  return { code: error.refusal.code, message: error.sentence(locale), field: error.field };
}
