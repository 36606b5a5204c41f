import { GraphQLError, Kind, type ASTVisitor, type SelectionSetNode, type ValidationContext, type ValidationRule } from 'graphql';

/** Deeper than any page asks: course > modules > lessons > quiz > attempts > questions > options is 8. */
const DEEPEST = 12;
/** Wider than any page asks, aliases and fragments expanded. */
const MOST_FIELDS = 600;
const MOST_ROOT_FIELDS = 20;
/** Longer than any document of ours, whose texts and files are variables: what the parser and the other rules may be given. */
export const MOST_TOKENS = 4_000;

/** Of a selection set, fragments expanded. */
interface Size {
  depth: number;
  fields: number;
  /** Fields of its first level. */
  width: number;
}

/**
 * Refuses documents that no page of ours would send, before anything runs: a depth or an alias flood costs its sender,
 * not us. Fragments count each time they are spread, because that is how often they are executed.
 */
const limitSize: ValidationRule = (context: ValidationContext): ASTVisitor => {
  const sizes = new Map<SelectionSetNode, Size>();

  function measure(selections: SelectionSetNode, spreading: ReadonlySet<string>): Size {
    const known = sizes.get(selections);
    if (known) return known;
    let depth = 0;
    let fields = 0;
    let width = 0;
    for (const selection of selections.selections) {
      let inner: Size = { depth: 0, fields: 0, width: 0 };
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const name = selection.name.value;
        const fragment = context.getFragment(name);
        if (!fragment || spreading.has(name)) continue; // other rules report both
        inner = measure(fragment.selectionSet, new Set([...spreading, name]));
      } else if (selection.selectionSet) {
        inner = measure(selection.selectionSet, spreading);
      }
      const isField = selection.kind === Kind.FIELD ? 1 : 0;
      depth = Math.max(depth, inner.depth + isField);
      fields += inner.fields + isField;
      width += isField || inner.width;
      if (fields > MOST_FIELDS) break;
    }
    const size = { depth, fields, width };
    sizes.set(selections, size);
    return size;
  }

  return {
    OperationDefinition(operation) {
      // The introspection query is deep by nature; GraphQL.js itself bounds how deep.
      const roots = operation.selectionSet.selections;
      const introspects = roots.every((root) => root.kind === Kind.FIELD && root.name.value.startsWith('__'));
      const { depth, fields, width } = measure(operation.selectionSet, new Set());
      if (depth > DEEPEST && !introspects) context.reportError(new GraphQLError(`The document is deeper than ${DEEPEST} levels.`));
      if (fields > MOST_FIELDS) context.reportError(new GraphQLError(`The document asks for more than ${MOST_FIELDS} fields.`));
      if (width > MOST_ROOT_FIELDS) {
        context.reportError(new GraphQLError(`The document has more than ${MOST_ROOT_FIELDS} root fields.`));
      }
    },
  };
};

export const documentLimits = [limitSize];
