import { Field, ID, ObjectType, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import { CurrentLocale } from '../../platform/graphql/context.js';
import { inLocale, type Locale } from '../../platform/locale.js';
import { COUNTRY_CODES } from './country-codes.js';
import { REGION_NAMES } from './region-names.js';

@ObjectType({ description: 'A region of a country, as businesses and rules name it.' })
class Region {
  @Field(() => ID, { description: 'ISO 3166-2.' })
  code!: string;

  @Field(() => String, { description: "In the viewer's language." })
  name!: string;
}

@ObjectType({ description: 'Where a business may be.' })
class Places {
  @Field(() => [ID], { description: 'ISO 3166-1 alpha-2, every one there is.' })
  countryCodes!: string[];
}

@Resolver(() => Places)
export class PlacesResolver {
  @Access('PUBLIC')
  @Query(() => Places, { description: 'What a form offers when it asks where a business is.' })
  places(): Places {
    return { countryCodes: [...COUNTRY_CODES] };
  }

  @ResolveField(() => [Region], {
    description: 'Those known by name, in alphabetical order. Others can be stated by their code.',
  })
  regions(@CurrentLocale() locale: Locale): Region[] {
    return Object.entries(REGION_NAMES)
      .map(([code, names]) => ({ code, name: inLocale(names, locale)! }))
      .sort((one, other) => one.name.localeCompare(other.name, locale));
  }
}
