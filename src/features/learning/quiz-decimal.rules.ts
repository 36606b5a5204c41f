/** A number as it is written in decimals: `digits` times ten to the power of `-scale`. Exact, unlike a binary fraction. */
export interface Decimal {
  digits: bigint;
  /** 0 or more. */
  scale: number;
}

/** Exponents beyond this are nobody's answer, and would be numbers of many megabytes. */
const MOST_EXPONENT = 400;
const WRITTEN = /^([+-]?)(\d*)(?:[.,](\d*))?(?:e([+-]?\d{1,4}))?$/i;

/**
 * Reads a number as people write it: with a decimal comma or point, spaces or apostrophes between thousands, any of the
 * minus signs, and the digits of Arabic or Persian.
 * @returns null for what is no number, and for `1,234.5`, which says two things.
 */
export function parseDecimal(text: string): Decimal | null {
  const plain = text
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/٫/g, ',')
    .replace(/[−–]/g, '-')
    .replace(/[\s'’]/g, '');
  const [, sign, whole = '', fraction = '', exponent = '0'] = WRITTEN.exec(plain) ?? [];
  if (sign === undefined || whole + fraction === '' || Math.abs(Number(exponent)) > MOST_EXPONENT)
    return null;
  const digits = BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n);
  const scale = fraction.length - Number(exponent);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

/** Whether a number is at most the tolerance away from a value, both ends included. @throws Error unless both are finite. */
export function isWithin(
  answer: Decimal,
  { value, tolerance }: { value: number; tolerance: number },
): boolean {
  const [wanted, allowed] = [fromNumber(value), fromNumber(tolerance)];
  const scale = Math.max(answer.scale, wanted.scale, allowed.scale);
  const at = (number: Decimal): bigint => number.digits * 10n ** BigInt(scale - number.scale);
  const away = at(answer) - at(wanted);
  return (away < 0n ? -away : away) <= at(allowed);
}

/** A number as it is printed, which is how its author wrote it: 0.1 is a tenth. */
function fromNumber(number: number): Decimal {
  const decimal = parseDecimal(String(number));
  if (!decimal) throw new Error(`${number} is not a finite number.`);
  return decimal;
}
