/** What an HTML element of elsewhere becomes. Elements that are in no list are told of; their text is kept. */

/** Begin a block of their own, and are nothing more. */
export const BLOCKS = new Set(
  (
    'p div section article main header footer nav aside address center figure details fieldset hgroup search dl dt dd ' +
    'form noscript body html dir menu summary legend caption figcaption picture'
  ).split(' '),
);

/** Stand in a line; only their text counts. */
export const INLINES = new Set(
  (
    'span font u ins abbr acronym cite q small big mark label time var dfn bdi bdo data ruby rb rt rp wbr nobr blink tt kbd samp ' +
    'output basefont button'
  ).split(' '),
);

/** Say nothing that is shown. */
export const SILENT = new Set(
  'title meta link base head col colgroup source track param area map rp'.split(' '),
);

/** Are left out with all that is in them, and told of. */
export const DROPPED = new Set(
  'script style input select textarea option datalist svg canvas template frameset frame noframes noembed meter progress dialog'.split(
    ' ',
  ),
);

/** Show something of elsewhere. */
export const MEDIA = new Set(['iframe', 'video', 'audio', 'object', 'embed']);

/** Why an element is left out, as the end of a sentence; others: it is unknown here. */
export const REASONS: Readonly<Record<string, { en: string; fr: string }>> = {
  script: { en: 'a lesson runs no programs', fr: 'une leçon n’exécute aucun programme' },
  style: { en: 'looks are the same everywhere', fr: 'la présentation est partout la même' },
  svg: {
    en: 'drawings in SVG are not accepted; add a PNG or JPEG picture',
    fr: 'les dessins SVG ne sont pas acceptés ; ajoutez une image PNG ou JPEG',
  },
  math: {
    en: 'formulas are not drawn; its text is kept as it could be read',
    fr: 'les formules ne sont pas dessinées ; leur texte est gardé tel qu’il a pu être lu',
  },
};

export const FIELD_REASON = {
  en: 'a text holds no fields to fill in; ask it in a quiz or an activity',
  fr: 'un texte ne contient pas de champ à remplir ; posez la question dans un quiz ou une activité',
};

const RAISED = new Map(
  Object.entries({ '+': '⁺', '-': '⁻', '−': '⁻', '=': '⁼', '(': '⁽', ')': '⁾', n: 'ⁿ', i: 'ⁱ' }),
);
const LOWERED = new Map(Object.entries({ '+': '₊', '-': '₋', '−': '₋', '=': '₌', '(': '₍', ')': '₎' }));
for (const [digit, raised] of [...'⁰¹²³⁴⁵⁶⁷⁸⁹'].entries()) RAISED.set(String(digit), raised);
for (const [digit, lowered] of [...'₀₁₂₃₄₅₆₇₈₉'].entries()) LOWERED.set(String(digit), lowered);

/** The text in raised or lowered letters, so that m<sup>2</sup> does not become m2; as it is where there are none. */
export function shifted(text: string, tag: 'sup' | 'sub'): string {
  const letters = tag === 'sup' ? RAISED : LOWERED;
  const result = [...text].map((letter) => letters.get(letter));
  return result.includes(undefined) ? text : result.join('');
}
