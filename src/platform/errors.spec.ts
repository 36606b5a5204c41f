import { defineRefusals, DomainError, userErrorCodes } from './errors.js';

const refusals = defineRefusals({
  TEST_FULL: { en: 'Only {max} fit, not {wanted}.', fr: '{max} places, pas {wanted}.', field: 'seats' },
});

describe('a refusal', () => {
  it('says its sentence in each language, with its values', () => {
    const error = new DomainError(refusals.TEST_FULL, { max: 3, wanted: '$& {max}' });
    expect(error.sentence('en')).toBe('Only 3 fit, not $& {max}.');
    expect(error.sentence('fr')).toBe('3 places, pas $& {max}.');
    expect(error.field).toBe('seats');
    expect(error.message).toBe('TEST_FULL');
  });

  it('leaves a missing value out rather than showing its name', () => {
    expect(new DomainError(refusals.TEST_FULL).sentence('en')).toBe('Only  fit, not .');
  });

  it('may be about another field than usual', () => {
    expect(new DomainError(refusals.TEST_FULL, {}, 'rooms').field).toBe('rooms');
  });

  it('has a code that means one thing in the product', () => {
    expect(userErrorCodes.TEST_FULL).toBe('TEST_FULL');
    expect(() => defineRefusals({ TEST_FULL: { en: '', fr: '' } })).toThrow('declared twice');
  });
});
