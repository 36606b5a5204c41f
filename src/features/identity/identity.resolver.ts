import { Args, Context, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Role, Viewer } from '../../platform/access/viewer.js';
import { CurrentViewer, MaybeViewer, type GraphqlContext } from '../../platform/graphql/context.js';
import { DateTime } from '../../platform/graphql/scalars.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import type { Locale } from '../../platform/locale.js';
import { Cookies } from './cookies.js';
import { LocaleEnum, Person, RoleEnum, TextSizeEnum, type TextSize } from './person.entity.js';
import { ProfileService } from './profile.service.js';
import { CODE_MINUTES, SESSION_DAYS } from './sign-in.rules.js';
import { SignInService, type SignInOrigin } from './sign-in.service.js';

/** The person who is signed in, as they see themselves. */
@ObjectType('Viewer', { description: 'The person who is signed in, as they see themselves.' })
export class ViewerProfile {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  email!: string;

  @Field(() => String, { nullable: true, description: 'As they write it; it appears on their certificates.' })
  name!: string | null;

  @Field(() => LocaleEnum)
  locale!: Locale;

  @Field(() => String, { description: 'IANA time zone.' })
  timeZone!: string;

  @Field(() => [RoleEnum])
  roles!: Role[];

  @Field(() => TextSizeEnum)
  textSize!: TextSize;

  @Field(() => Boolean, { description: 'Whether pictures and videos load only when they are asked for.' })
  lowData!: boolean;
}

@InputType()
class SignInStartInput {
  @Field(() => String)
  email!: string;
}

@ObjectType()
class SignInStartPayload extends MutationPayload {
  @Field(() => DateTime, { nullable: true, description: 'When the code that was mailed stops working.' })
  codeExpiresAt?: Date;
}

@InputType()
class SignInVerifyInput {
  @Field(() => String)
  email!: string;

  @Field(() => String, { description: 'Six digits; spaces are ignored.' })
  code!: string;

  @Field(() => String, { nullable: true, description: 'IANA time zone of the browser, for a new person.' })
  timeZone?: string;
}

@ObjectType()
class SignInVerifyPayload extends MutationPayload {
  @Field(() => ViewerProfile, { nullable: true })
  viewer?: ViewerProfile;
}

@ObjectType()
class SignOutPayload extends MutationPayload {
  @Field(() => Boolean, { nullable: true })
  signedOut?: boolean;
}

@InputType()
class ViewerUpdateInput extends MutationInput {
  @Field(() => String, { nullable: true, description: '1 to 120 characters.' })
  name?: string;

  @Field(() => LocaleEnum, { nullable: true })
  locale?: Locale;

  @Field(() => String, { nullable: true, description: 'IANA time zone.' })
  timeZone?: string;

  @Field(() => TextSizeEnum, { nullable: true })
  textSize?: TextSize;

  @Field(() => Boolean, { nullable: true })
  lowData?: boolean;
}

@ObjectType()
class ViewerUpdatePayload extends MutationPayload {
  @Field(() => ViewerProfile, { nullable: true })
  viewer?: ViewerProfile;
}

@InputType()
class PersonRolesSetInput extends MutationInput {
  @Field(() => String)
  email!: string;

  @Field(() => [RoleEnum], { description: 'All of them; those left out are taken away.' })
  roles!: Role[];
}

@ObjectType()
class PersonRolesSetPayload extends MutationPayload {
  @Field(() => Person, { nullable: true })
  person?: Person;
}

@Resolver(() => ViewerProfile)
export class IdentityResolver {
  constructor(
    private readonly signIn: SignInService,
    private readonly profiles: ProfileService,
    private readonly cookies: Cookies,
  ) {}

  @Access('PUBLIC')
  @Query(() => ViewerProfile, { nullable: true, description: 'Null when nobody is signed in.' })
  async viewer(@MaybeViewer() viewer: Viewer | null): Promise<ViewerProfile | null> {
    return viewer && this.profiles.get(viewer);
  }

  @Access('PUBLIC')
  @Mutation(() => SignInStartPayload, { description: 'Mails a six-digit code to the address, known or not.' })
  async signInStart(
    @Args('input') { email }: SignInStartInput,
    @Context() context: GraphqlContext,
  ): Promise<SignInStartPayload> {
    const { browserSecret, expiresAt } = await this.signIn.start(email, this.originOf(context));
    this.cookies.write(context.res, 'sign-in', browserSecret, CODE_MINUTES * 60_000);
    return { codeExpiresAt: expiresAt };
  }

  @Access('PUBLIC')
  @Mutation(() => SignInVerifyPayload, {
    description: 'Signs in with the code, in the browser that asked for it.',
  })
  async signInVerify(
    @Args('input') input: SignInVerifyInput,
    @Context() context: GraphqlContext,
  ): Promise<SignInVerifyPayload> {
    const { person, sessionSecret } = await this.signIn.verify(input, this.originOf(context));
    this.cookies.write(context.res, 'session', sessionSecret, SESSION_DAYS * 86_400_000);
    this.cookies.clear(context.res, 'sign-in');
    // What is asked of the viewer in this very request is asked as the person who has just signed in.
    const { id: personId, email, locale, timeZone } = person;
    context.viewer = {
      personId,
      email,
      locale,
      timeZone,
      roles: new Set(person.roles),
      sessionHash: Buffer.alloc(0),
    };
    context.locale = context.chosenLocale ?? locale;
    return { viewer: person };
  }

  @Access('SIGNED_IN')
  @Mutation(() => SignOutPayload, { description: 'Ends the session of this browser.' })
  async signOut(
    @CurrentViewer() viewer: Viewer,
    @Context() { res }: GraphqlContext,
  ): Promise<SignOutPayload> {
    await this.signIn.signOut(viewer.sessionHash);
    this.cookies.clear(res, 'session');
    return { signedOut: true };
  }

  @Access('SIGNED_IN')
  @Mutation(() => ViewerUpdatePayload, {
    description: 'Changes what the viewer says of themselves; what is left out stays.',
  })
  async viewerUpdate(
    @Args('input') input: ViewerUpdateInput,
    @CurrentViewer() viewer: Viewer,
  ): Promise<{ viewer: Person }> {
    return { viewer: await this.profiles.update(viewer, input) };
  }

  @Access('ADMIN')
  @Mutation(() => PersonRolesSetPayload, {
    description: 'Gives somebody exactly these roles, known or not yet.',
  })
  async personRolesSet(
    @Args('input') { email, roles }: PersonRolesSetInput,
    @CurrentViewer() viewer: Viewer,
  ): Promise<{ person: Person }> {
    return { person: await this.profiles.setRoles(viewer, { email, roles }) };
  }

  private originOf({ req, locale }: GraphqlContext): SignInOrigin {
    return { browserSecret: this.cookies.read(req.headers.cookie, 'sign-in'), ip: req.ip ?? null, locale };
  }
}
