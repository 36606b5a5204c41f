import { Inject } from '@nestjs/common';
import {
  Args,
  Context,
  Field,
  ObjectType,
  Parent,
  Query,
  registerEnumType,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { CONFIG, type RunningConfig } from '../../config.js';
import { Access } from '../../platform/access/access.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import type { GraphqlContext } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { DateTime, JSONObject } from '../../platform/graphql/scalars.js';
import { isId } from '../../platform/ids.js';
import { BADGE_CHECKS, verifyBadge, type BadgeCheck } from './badge.proof.js';
import type { BadgeShape } from './badge.shape.js';
import { Certificate } from './certificate.entity.js';
import { findRevocationReasons } from './credentials.queries.js';
import type { DidDocument } from './did.js';
import { SigningKeys } from './signing-keys.js';
import {
  checkSentence,
  isTooLarge,
  issuerIdOf,
  outcomesOf,
  type CheckOutcome,
} from './verification.rules.js';

const BadgeCheckEnum = Object.fromEntries(BADGE_CHECKS.map((code) => [code, code]));
registerEnumType(BadgeCheckEnum, {
  name: 'BadgeCheckCode',
  description: 'In the order in which they are made.',
  valuesMap: {
    FORM: { description: 'It is an Open Badges 3.0 credential with a proof of the kind used here.' },
    ISSUER: { description: 'This site is its issuer, and has published the key that signed it.' },
    DATES: { description: 'It and its proof are valid now.' },
    SIGNATURE: { description: 'The proof (Data Integrity, eddsa-rdfc-2022) matches what it says.' },
    STATUS: { description: 'Its issuer has not revoked it.' },
  },
});

@ObjectType({ description: 'One thing that was looked at in a badge.' })
class BadgeCheckResult {
  @Field(() => BadgeCheckEnum)
  code!: BadgeCheck;

  @Field(() => Boolean)
  passed!: boolean;

  @Field(() => String, { description: "In the viewer's language." })
  sentence!: string;
}

@ObjectType({ description: 'Whether a badge is genuine, as found by checking it just now.' })
class BadgeVerification {
  @Field(() => Boolean, { description: 'Whether every check was made and passed.' })
  valid!: boolean;

  @Field(() => DateTime)
  checkedAt!: Date;

  @Field(() => [BadgeCheckResult], { description: 'Up to the first that failed.' })
  checks!: BadgeCheckResult[];
}

@Resolver(() => Certificate)
export class VerificationResolver {
  constructor(
    @Inject(CONFIG) private readonly config: RunningConfig,
    private readonly database: Database,
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
  ) {}

  @Access('PUBLIC')
  @Query(() => BadgeVerification, {
    description: 'Checks a badge that was issued here, wherever it comes from.',
  })
  badgeVerify(
    @Args('badge', { type: () => JSONObject }) badge: Record<string, unknown>,
    @Context() context: GraphqlContext,
  ): Promise<BadgeVerification> {
    return this.verify(badge, context);
  }

  @ResolveField(() => BadgeVerification, { description: 'Of its badge, checked now.' })
  verification(
    @Parent() { badge }: Certificate,
    @Context() context: GraphqlContext,
  ): Promise<BadgeVerification> {
    return this.verify({ ...badge }, context);
  }

  private async verify(
    badge: Record<string, unknown>,
    { locale, loaders }: GraphqlContext,
  ): Promise<BadgeVerification> {
    const { did } = this.keys;
    const checkedAt = this.clock.now();
    const issuerId = issuerIdOf(badge);
    const isOurs = issuerId === undefined || issuerId === did;
    let revocationReason: string | null = null;
    const isRevoked = async ({ id }: BadgeShape): Promise<boolean> => {
      revocationReason = await this.revocationReason(id, loaders);
      return revocationReason !== null;
    };
    const outcomes = async (): Promise<CheckOutcome[]> => {
      if (isTooLarge(badge)) return outcomesOf('FORM');
      if (!isOurs) return [{ code: 'ISSUER', passed: false }];
      // Nothing is fetched: the only issuer whose keys are known is this site.
      const resolve = async (wanted: string): Promise<DidDocument | null> =>
        wanted === did ? (await loaders.load(SigningKeys, did, () => this.ownDocument()))! : null;
      return outcomesOf((await verifyBadge(badge, resolve, checkedAt, isRevoked)).failed);
    };
    const made = await outcomes();
    const names = { issuerName: this.config.issuerName, isOurs, revocationReason };
    const checks = made.map((outcome) => ({ ...outcome, sentence: checkSentence(outcome, locale, names) }));
    return { valid: checks.every(({ passed }) => passed), checkedAt, checks };
  }

  /** Why a badge of this site was revoked; null when it was not. Older badges do not say where their status is: it is known all the same. */
  private async revocationReason(badgeId: string, loaders: Loaders): Promise<string | null> {
    const id = badgeId.split('/').at(-1)!;
    if (!isId(id)) return null;
    const reason = await loaders.load(findRevocationReasons, id, (ids) =>
      this.database.read((tx) => findRevocationReasons(tx, ids)),
    );
    return reason ?? null;
  }

  private async ownDocument(): Promise<Map<string, DidDocument>> {
    const document = await this.database.read((tx) => this.keys.document(tx));
    return new Map([[this.keys.did, document]]);
  }
}
