/** Those that are offered: of the French regions, of their neighbors, and of where owners also work. IANA. */
const COMMON = [
  'Europe/Paris',
  'America/Guadeloupe',
  'America/Martinique',
  'America/Cayenne',
  'America/Miquelon',
  'Indian/Reunion',
  'Indian/Mayotte',
  'Pacific/Noumea',
  'Pacific/Tahiti',
  'Europe/London',
  'Europe/Lisbon',
  'Africa/Casablanca',
  'Africa/Algiers',
  'Africa/Tunis',
  'Africa/Dakar',
  'Africa/Abidjan',
  'Africa/Cairo',
  'Asia/Beirut',
  'America/New_York',
];

/** The common ones, and the one that is set. */
export const timeZones = (own: string): string[] => [...new Set([...COMMON, own])];
