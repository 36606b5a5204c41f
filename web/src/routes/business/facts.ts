/** What can be stated of a business, in the order in which one would tell it. */
export const FACT_KINDS = [
  'COUNTRY',
  'REGION',
  'HEADCOUNT',
  'TRADING_SINCE',
  'FOR_PROFIT',
  'SECTOR',
] as const;
export type FactKind = (typeof FACT_KINDS)[number];

export const isFactKind = (text: string | null): text is FactKind => FACT_KINDS.includes(text as FactKind);

/** What a select offers: the value as the API takes it, and its name. */
export type Choice = { value: string; label: string };

/** For the kinds that are chosen rather than typed. */
export type Choices = Record<'COUNTRY' | 'REGION' | 'SECTOR', Choice[]>;

/** Of a sector (`10.71`), the part by which it has a name. */
export const divisionOf = (sector: string): string => sector.slice(0, 2);
