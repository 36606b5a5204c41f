import { parseFactValue, type FactKind } from './business.rules.js';

describe('parseFactValue', () => {
  it.each<[FactKind, string, unknown]>([
    ['COUNTRY', 'FR', 'FR'],
    ['COUNTRY', ' fr ', 'FR'],
    ['COUNTRY', 'ZZ', 'COUNTRY_INVALID'],
    ['COUNTRY', 'EU', 'COUNTRY_INVALID'],
    ['COUNTRY', 'QX', 'COUNTRY_INVALID'],
    ['COUNTRY', 'FRA', 'COUNTRY_INVALID'],
    ['COUNTRY', '', 'COUNTRY_INVALID'],
    ['REGION', 'fr-idf', 'FR-IDF'],
    ['REGION', 'GB-WLS', 'GB-WLS'],
    ['REGION', 'FR', 'REGION_INVALID'],
    ['REGION', 'ZZ-IDF', 'REGION_INVALID'],
    ['REGION', 'FR-ABCD', 'REGION_INVALID'],
    ['HEADCOUNT', '0', 0],
    ['HEADCOUNT', '100000', 100_000],
    ['HEADCOUNT', '100001', 'HEADCOUNT_INVALID'],
    ['HEADCOUNT', '-1', 'HEADCOUNT_INVALID'],
    ['HEADCOUNT', '2.5', 'HEADCOUNT_INVALID'],
    ['HEADCOUNT', '1e3', 'HEADCOUNT_INVALID'],
    ['HEADCOUNT', '٣', 'HEADCOUNT_INVALID'],
    ['FOR_PROFIT', 'true', true],
    ['FOR_PROFIT', 'false', false],
    ['FOR_PROFIT', 'yes', 'FOR_PROFIT_INVALID'],
    ['TRADING_SINCE', '2024-02-29', '2024-02-29'],
    ['TRADING_SINCE', '2023-02-29', 'DATE_INVALID'],
    ['TRADING_SINCE', '2023-13-01', 'DATE_INVALID'],
    ['TRADING_SINCE', '01/03/2019', 'DATE_INVALID'],
    ['TRADING_SINCE', '2019-3-1', 'DATE_INVALID'],
    ['SECTOR', '96', '96'],
    ['SECTOR', '10.71', '10.71'],
    ['SECTOR', '9', 'SECTOR_INVALID'],
    ['SECTOR', '10.711', 'SECTOR_INVALID'],
  ])('%s: %j is %j', (kind, text, expected) => {
    const parsed = parseFactValue(kind, text);
    expect('value' in parsed ? parsed.value : parsed.refusal).toBe(expected);
  });
});
