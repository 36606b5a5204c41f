const TRUE_FALSE_TEXTS: Record<string, readonly [string, string]> = {
  de: ['Richtig', 'Falsch'],
  en: ['True', 'False'],
  es: ['Verdadero', 'Falso'],
  fr: ['Vrai', 'Faux'],
  it: ['Vero', 'Falso'],
  nl: ['Waar', 'Niet waar'],
  pt: ['Verdadeiro', 'Falso'],
};

const YES_AND_NO = new Set([
  ...Object.values(TRUE_FALSE_TEXTS).flatMap((texts) => texts.map((text) => text.toLowerCase())),
  ...['yes', 'no', 'oui', 'non', 'ja', 'nein', 'sí', 'sì', 'si', 'nee', 'sim', 'não'],
]);

/** What the two choices are called in a language, true first; in English where it is not known. */
export function trueFalseTexts(locale: string): readonly [string, string] {
  return TRUE_FALSE_TEXTS[locale.split('-')[0] ?? ''] ?? TRUE_FALSE_TEXTS.en!;
}

/** Whether somebody who wrote this as an answer surely meant true or false. */
export const saysYesOrNo = (answer: string): boolean =>
  !/^(?:true|false)$/i.test(answer) && YES_AND_NO.has(answer.trim().toLowerCase());
