import fc from 'fast-check';
import { isWithin, parseDecimal } from './quiz-decimal.rules.js';

describe('parseDecimal', () => {
  it.each([
    ['12', 12n, 0],
    ['-3.50', -350n, 2],
    ['3,5', 35n, 1],
    [' 1 000 000,5 ', 10000005n, 1],
    ['1\u202f234', 1234n, 0],
    ['1’234', 1234n, 0],
    ['−7', -7n, 0],
    ['+.5', 5n, 1],
    ['5.', 5n, 0],
    ['2e3', 2000n, 0],
    ['25E-1', 25n, 1],
    ['٣٫٥', 35n, 1],
    ['۱۲', 12n, 0],
  ])('reads %j', (text, digits, scale) => {
    expect(parseDecimal(text)).toEqual({ digits, scale });
  });

  it.each([
    '',
    '-',
    '.',
    ',',
    'twelve',
    '12 %',
    '1,234.5',
    '1.2.3',
    '0x10',
    'Infinity',
    'NaN',
    '1e401',
    '1e99999',
    '--1',
  ])('does not read %j', (text) => {
    expect(parseDecimal(text)).toBeNull();
  });

  it('reads every finite number as it is printed', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(isWithin(parseDecimal(String(number))!, { value: number, tolerance: 0 })).toBe(true);
      }),
    );
  });
});

describe('isWithin', () => {
  it.each([
    ['0.4', 0.3, 0.1, true], // in binary fractions it is not
    ['0.2', 0.3, 0.1, true],
    ['0.400000001', 0.3, 0.1, false],
    ['1.1', 1.1, 0, true],
    ['-1', 1, 2, true],
    ['-1.01', 1, 2, false],
    ['1e21', 1e21, 0, true],
    ['0.0000001', 1e-7, 0, true],
  ])('%s of %d, %d off: %s', (text, value, tolerance, expected) => {
    expect(isWithin(parseDecimal(text)!, { value, tolerance })).toBe(expected);
  });
});
