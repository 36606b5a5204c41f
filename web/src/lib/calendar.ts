/** The calendar date (`YYYY-MM-DD`) that an instant falls on in a zone. @param instant RFC 3339 @param timeZone IANA */
export const localDateOf = (instant: string, timeZone: string): string =>
  // Swedish writes dates as ISO 8601 does.
  new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date(instant));

/** Whether a text is a date as date fields send it, `YYYY-MM-DD`. */
export const isCalendarDate = (text: string): boolean =>
  /^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text);
