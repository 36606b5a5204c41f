import type { Locale } from './locale.js';

/** A refusal that a person can act on: its sentence in each language of the product, and the input field it is about. */
export interface Refusal {
  code: string;
  sentences: Record<Locale, string>;
  field?: string;
}

type RefusalDefinitions = Record<string, Record<Locale, string> & { field?: string }>;

/** Every code that a `userErrors` list may carry. It becomes the GraphQL enum `UserErrorCode`. */
export const userErrorCodes: Record<string, string> = {};

/**
 * Declares the refusals of a feature. Each code exists once in the product, so that a client can rely on its meaning.
 * @throws Error when another feature already declared the code.
 */
export function defineRefusals<T extends RefusalDefinitions>(definitions: T): { [K in keyof T]: Refusal } {
  const entries = Object.entries(definitions).map(([code, { field, ...sentences }]) => {
    if (userErrorCodes[code]) throw new Error(`The refusal ${code} is declared twice.`);
    userErrorCodes[code] = code;
    return [code, { code, sentences, field }] as const;
  });
  return Object.fromEntries(entries) as { [K in keyof T]: Refusal };
}

export type RefusalValue = string | number | ((locale: Locale) => string);

/**
 * Refuses a use case by being thrown: the transaction rolls back and the refusal becomes a `userErrors` entry. `{name}` in
 * a sentence is replaced by the value of that name, which for a date is said in the language of the sentence.
 */
export class DomainError extends Error {
  constructor(
    readonly refusal: Refusal,
    readonly values: Record<string, RefusalValue> = {},
    readonly field = refusal.field,
  ) {
    super(refusal.code);
  }

  sentence(locale: Locale): string {
    return this.refusal.sentences[locale].replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = this.values[name] ?? '';
      return String(typeof value === 'function' ? value(locale) : value);
    });
  }
}

/** Something that does not exist, or that the viewer must not learn exists: the two look the same from outside. */
export class NotFoundError extends Error {
  constructor() {
    super('Not found.');
  }
}

/** Something that exists and is not the viewer's to see. Looks like {@link NotFoundError} from outside; it is audited. */
export class HiddenError extends NotFoundError {
  /** @param subject what was asked for, such as `enrollment:<id>`. */
  constructor(readonly subject: string) {
    super();
  }
}

/** Nobody is signed in, and somebody must be. */
export class UnauthenticatedError extends Error {
  constructor() {
    super('Sign in first.');
  }
}

/** The viewer is known and may not do this. */
export class ForbiddenError extends Error {
  /** @param subject what was refused: a query or mutation, or a thing with its id. */
  constructor(readonly subject: string) {
    super('You may not do this.');
  }
}

/** An argument that no person could have chosen on a page: the client is at fault. */
export class BadInputError extends Error {}

export const inputRefusals = defineRefusals({
  INVALID_INPUT: {
    en: '{reason}',
    fr: '{reason}',
  },
  TOO_LONG: {
    en: 'This is too long: {max} characters at most.',
    fr: 'C’est trop long : {max} caractères au maximum.',
  },
  REQUIRED: {
    en: 'This is needed.',
    fr: 'Cette information est nécessaire.',
  },
  INVALID_FORMAT: {
    en: 'This does not have the expected form.',
    fr: 'Cela n’a pas la forme attendue.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    en: 'This key was already used for another request. Use a new key for a new request.',
    fr: 'Cette clé a déjà servi pour une autre demande. Utilisez une nouvelle clé pour une nouvelle demande.',
    field: 'idempotencyKey',
  },
});
