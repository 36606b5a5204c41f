/** What a device knows of a question that it may judge: its person has been shown before what is right in it. */
export interface AnswerKey {
  kind:
    'SINGLE_CHOICE' | 'MULTIPLE_CHOICE' | 'TRUE_FALSE' | 'SHORT_TEXT' | 'NUMBER' | 'MATCHING' | 'ORDERING';
  /** Of a choice, the right ones; of an ordering, the items in order. */
  optionIds: readonly string[];
  /** Of a matching, the text that belongs to each premise. */
  matches: readonly { optionId: string; text: string }[];
  /** What can be put to a premise: two that read the same are one. */
  offered: readonly { id: string; text: string }[];
  /** Of a short text or a number: the first that fits counts. */
  recognized: readonly {
    texts: readonly string[];
    value: number | null;
    tolerance: number | null;
    whole: boolean;
  }[];
}

/** An answer as the API takes it. */
export interface Given {
  optionIds: readonly string[];
  text: string | null;
  pairs: readonly { optionId: string; matchId: string }[];
}

/**
 * Whether an answer is right, for the person to read at once. The server judges again when it has it, and only that counts.
 * Its rules are those of the server, of which only "wholly right" is told apart here.
 */
export function isRight(key: AnswerKey, { optionIds, text, pairs }: Given): boolean {
  switch (key.kind) {
    case 'SHORT_TEXT':
      return key.recognized.find(({ texts }) => texts.some((each) => fits(each, text ?? '')))?.whole ?? false;
    case 'NUMBER': {
      const number = readNumber(text ?? '');
      const found = key.recognized.find(
        ({ value, tolerance }) => number !== null && value !== null && isNear(number, value, tolerance ?? 0),
      );
      return found?.whole ?? false;
    }
    case 'MATCHING': {
      const textOf = new Map(key.offered.map(({ id, text: offered }) => [id, offered]));
      const given = new Map(pairs.map(({ optionId, matchId }) => [optionId, textOf.get(matchId)]));
      return key.matches.every(({ optionId, text: wanted }) => given.get(optionId) === wanted);
    }
    case 'ORDERING':
      return (
        optionIds.length === key.optionIds.length && key.optionIds.every((id, at) => optionIds[at] === id)
      );
    default: {
      const chosen = new Set(optionIds);
      return chosen.size === key.optionIds.length && key.optionIds.every((id) => chosen.has(id));
    }
  }
}

/** Without case, accents, ligatures, kinds of apostrophe and outer spaces. */
const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/ß/g, 'ss')
    .replace(/[‘’ʼ]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();

/** Whether a text is the pattern; `*` stands for any text. */
function fits(pattern: string, text: string): boolean {
  if (!text.trim()) return false;
  const parts = fold(pattern)
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^]*?')}$`).test(fold(text));
}

/** A decimal, exact: digits times ten to the power of minus the scale. */
interface Decimal {
  digits: bigint;
  scale: number;
}

function readNumber(text: string): Decimal | null {
  const plain = text
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/٫/g, ',')
    .replace(/[−–]/g, '-')
    .replace(/[\s'’]/g, '');
  const found = /^([+-]?)(\d*)(?:[.,](\d*))?(?:e([+-]?\d{1,4}))?$/i.exec(plain);
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = found ?? [];
  if (!found || whole + fraction === '' || Math.abs(Number(exponent)) > 400) return null;
  const digits = BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n);
  const scale = fraction.length - Number(exponent);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

function isNear(answer: Decimal, value: number, tolerance: number): boolean {
  const [wanted, allowed] = [readNumber(String(value))!, readNumber(String(tolerance))!];
  const scale = Math.max(answer.scale, wanted.scale, allowed.scale);
  const at = ({ digits, scale: own }: Decimal): bigint => digits * 10n ** BigInt(scale - own);
  const away = at(answer) - at(wanted);
  return (away < 0n ? -away : away) <= at(allowed);
}
