import { CODE_TRIES, CODES_PER_HOUR, isTimeZone, refusalToSend, refusalToVerify } from './sign-in.rules.js';

describe('refusalToSend', () => {
  const { perEmail, perIp } = CODES_PER_HOUR;
  it.each([
    [0, 0, undefined],
    [perEmail - 1, perIp - 1, undefined],
    [perEmail, 0, 'SIGN_IN_TOO_OFTEN'],
    [0, perIp, 'SIGN_IN_TOO_OFTEN'],
  ])('after %i for the address and %i from the network', (forEmail, fromIp, code) => {
    expect(refusalToSend({ forEmail, fromIp })?.code).toBe(code);
  });
});

describe('refusalToVerify', () => {
  const now = new Date('2026-10-07T10:00:00Z');
  const later = (ms: number): Date => new Date(now.getTime() + ms);
  const fresh = { expiresAt: later(60_000), tries: 0, usedAt: null, matches: true };

  it.each([
    ['the right code', fresh, undefined],
    ['the right code on the last try', { ...fresh, tries: CODE_TRIES - 1 }, undefined],
    ['the right code a millisecond before its end', { ...fresh, expiresAt: later(1) }, undefined],
    ['the right code at its end', { ...fresh, expiresAt: now }, 'CODE_EXPIRED'],
    ['the right code after too many tries', { ...fresh, tries: CODE_TRIES }, 'CODE_EXPIRED'],
    ['the right code used before', { ...fresh, usedAt: later(-1) }, 'CODE_EXPIRED'],
    ['a wrong code', { ...fresh, matches: false }, 'CODE_WRONG'],
    ['a wrong code after its end', { ...fresh, matches: false, expiresAt: now }, 'CODE_EXPIRED'],
    ['a browser that never asked', null, 'CODE_WRONG'],
  ])('%s', (_what, code, refusal) => {
    expect(refusalToVerify(code, now)?.code).toBe(refusal);
  });
});

describe('isTimeZone', () => {
  it.each(['Europe/Paris', 'Pacific/Kiritimati', 'UTC', 'Indian/Reunion'])('takes %s', (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  // PostgreSQL reads the sign of an offset the other way round (POSIX), and an offset knows no summer time.
  it.each(['', 'Paris', 'Europe/Nowhere', '+02:00', '-05', 'Europe/Paris; DROP TABLE person'])(
    'refuses %j',
    (name) => {
      expect(isTimeZone(name)).toBe(false);
    },
  );
});
