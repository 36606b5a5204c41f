import { graphql, readFragment, type FragmentOf } from '$lib/api/graphql';
import type { Locale } from '$lib/i18n';
import { sectors } from '$lib/messages/business';
import type { Choice, Choices } from './facts';

export const Offered = graphql(`
  fragment Offered on Places {
    countryCodes
    regions {
      code
      name
    }
  }
`);

/** What the forms offer, named in a language. Made on the server: the lists are long, and one language is enough. */
export function choicesOf(places: FragmentOf<typeof Offered>, locale: Locale): Choices {
  const { countryCodes, regions } = readFragment(Offered, places);
  const countryNames = new Intl.DisplayNames(locale, { type: 'region' });
  // Where regions are known by name is where most owners are: those countries come first.
  const isNear = (country: string) => regions.some(({ code }) => code.startsWith(`${country}-`));
  const byLabel = (one: Choice, other: Choice) => one.label.localeCompare(other.label, locale);
  return {
    COUNTRY: countryCodes
      .map((value) => ({ value, label: countryNames.of(value) ?? value }))
      .sort((one, other) => Number(isNear(other.value)) - Number(isNear(one.value)) || byLabel(one, other)),
    REGION: regions.map(({ code, name }) => ({ value: code, label: name })),
    SECTOR: Object.entries(sectors(locale).names)
      .map(([value, label]) => ({ value, label }))
      .sort(byLabel),
  };
}
