import { childOf, childrenOf, textOf, type XmlElement } from '../xml-tree.js';
import { numberIn } from './qti-material.js';

/** What one answer must be for a condition to hold, and what the condition then gives. */
export interface ScoredCondition {
  /** Values by response identifier, those that must be given. */
  wanted: { response: string; value: string }[];
  /** Bounds of a number, where the condition states them. */
  bounds: { response: string; low?: number; high?: number }[];
  /** True when any one of the wanted is enough. */
  any: boolean;
  /** What is added to the score or set. */
  score: number;
  /** Identifiers of the feedback that is shown. */
  feedback: string[];
}

/** The conditions of an item of QTI 1.2 (`resprocessing`), as far as they say which answers are right. */
export function conditionsOf(item: XmlElement): ScoredCondition[] {
  const processing = childOf(item, 'resprocessing');
  if (!processing) return [];
  return childrenOf(processing, 'respcondition').map((condition) => {
    const found: Found = { wanted: [], bounds: [], any: false };
    const variable = childOf(condition, 'conditionvar');
    if (variable) walk(variable, found);
    const score = childrenOf(condition, 'setvar')
      .filter(({ attributes }) => !attributes.varname || /score|que_score/i.test(attributes.varname))
      .map((element) => numberIn(textOf(element)) ?? 0);
    return {
      ...found,
      score: score.reduce((sum, each) => sum + each, 0),
      feedback: childrenOf(condition, 'displayfeedback').map(({ attributes }) => attributes.linkrefid ?? ''),
    };
  });
}

type Found = Pick<ScoredCondition, 'wanted' | 'bounds' | 'any'>;

/** What stands inside `not` must not be given, and is passed over: what is wanted already says it. */
function walk(element: XmlElement, found: Found): void {
  for (const child of childrenOf(element)) {
    const response = child.attributes.respident ?? '';
    switch (child.name) {
      case 'and':
        walk(child, found);
        break;
      case 'or':
        found.any = true;
        walk(child, found);
        break;
      case 'varequal':
      case 'varsubstring':
        found.wanted.push({ response, value: textOf(child).trim() });
        break;
      case 'vargte':
      case 'vargt':
        bound(found, response, { low: numberIn(textOf(child)) });
        break;
      case 'varlte':
      case 'varlt':
        bound(found, response, { high: numberIn(textOf(child)) });
        break;
    }
  }
}

function bound(
  found: Found,
  response: string,
  side: { low?: number | undefined; high?: number | undefined },
): void {
  const open = found.bounds.find(
    (each) => each.response === response && (each.low === undefined || each.high === undefined),
  );
  const target = open ?? { response };
  if (!open) found.bounds.push(target);
  if (side.low !== undefined) target.low = side.low;
  if (side.high !== undefined) target.high = side.high;
}
