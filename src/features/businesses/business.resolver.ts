import {
  Args,
  Context,
  Field,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Parent,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { Database } from '../../platform/database/database.js';
import { CurrentViewer, type GraphqlContext } from '../../platform/graphql/context.js';
import { LocalDate } from '../../platform/graphql/scalars.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import { findPeople } from '../identity/identity.queries.js';
import { ViewerProfile } from '../identity/identity.resolver.js';
import { BusinessFact, FactKindEnum } from './business-fact.entity.js';
import { Business } from './business.entity.js';
import { findFacts } from './business.queries.js';
import type { FactKind } from './business.rules.js';
import { BusinessService } from './business.service.js';

@InputType()
class BusinessFactInput {
  @Field(() => FactKindEnum)
  kind!: FactKind;

  @Field(() => String, { description: 'As typed: `FR-IDF`, `4`, `true`, `2019-03-01`.' })
  value!: string;

  @Field(() => LocalDate, { description: 'From when it is true. Not in the future.' })
  asOf!: string;
}

@InputType()
class BusinessCreateInput extends MutationInput {
  @Field(() => String, { description: '1 to 160 characters.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Spaces, dots and hyphens are ignored, and so is case.',
  })
  registrationNumber?: string;

  @Field(() => [BusinessFactInput], { nullable: true })
  facts?: BusinessFactInput[];
}

@ObjectType()
class BusinessCreatePayload extends MutationPayload {
  @Field(() => Business, { nullable: true })
  business?: Business;
}

@InputType()
class BusinessFactRecordInput extends MutationInput {
  @Field(() => ID)
  businessId!: string;

  @Field(() => BusinessFactInput)
  fact!: BusinessFactInput;
}

@ObjectType()
class BusinessFactRecordPayload extends MutationPayload {
  @Field(() => BusinessFact, { nullable: true })
  fact?: BusinessFact;
}

@Resolver(() => Business)
export class BusinessResolver {
  constructor(
    private readonly businesses: BusinessService,
    private readonly database: Database,
  ) {}

  @Access('SIGNED_IN')
  @Mutation(() => BusinessCreatePayload, {
    description: 'Registers a business; the viewer becomes its first member.',
  })
  async businessCreate(@Args('input') input: BusinessCreateInput, @CurrentViewer() viewer: Viewer) {
    return { business: await this.businesses.create(viewer, { ...input, facts: input.facts ?? [] }) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => BusinessFactRecordPayload, { description: 'Adds a dated fact; earlier ones are kept.' })
  async businessFactRecord(@Args('input') input: BusinessFactRecordInput, @CurrentViewer() viewer: Viewer) {
    return { fact: await this.businesses.recordFact(viewer, input.businessId, input.fact) };
  }

  @ResolveField(() => [BusinessFact], { description: 'Oldest first. The latest of a kind counts.' })
  async facts(@Parent() { id }: Business, @Context() { loaders }: GraphqlContext) {
    return (await loaders.load(findFacts, id, (ids) => this.database.read((tx) => findFacts(tx, ids)))) ?? [];
  }
}

@Resolver(() => BusinessFact)
export class BusinessFactResolver {
  constructor(private readonly database: Database) {}

  @ResolveField(() => String, { description: 'As typed: `FR-IDF`, `4`, `true`, `2019-03-01`.' })
  value(@Parent() fact: BusinessFact): string {
    return String(fact.value);
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'Who said so, by name. Null when they gave none, or were erased.',
  })
  async statedBy(
    @Parent() { recordedBy }: BusinessFact,
    @Context() { loaders }: GraphqlContext,
  ): Promise<string | null> {
    if (!recordedBy) return null;
    const person = await loaders.load(findPeople, recordedBy, (ids) =>
      this.database.read((tx) => findPeople(tx, ids)),
    );
    return person?.name ?? null;
  }

  @ResolveField(() => Boolean)
  statedByViewer(@Parent() { recordedBy }: BusinessFact, @CurrentViewer() viewer: Viewer): boolean {
    return recordedBy === viewer.personId;
  }
}

@Resolver(() => ViewerProfile)
export class ViewerBusinessesResolver {
  constructor(private readonly service: BusinessService) {}

  @ResolveField(() => [Business], { description: 'The businesses that the viewer may act for.' })
  businesses(@CurrentViewer() viewer: Viewer): Promise<Business[]> {
    return this.service.listOf(viewer);
  }
}
