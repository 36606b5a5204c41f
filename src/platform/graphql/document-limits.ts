import { GraphQLError, Kind, type ASTVisitor, type SelectionSetNode, type ValidationContext, type ValidationRule } from 'graphql';

/** Deeper than any page asks: course > modules > lessons > quiz > attempts > questions > options is 8. */
const DEEPEST = 12;
/** Wider than any page asks, aliases and fragments expanded. */
const MOST_FIELDS = 600;
const MOST_ROOT_FIELDS = 20;

/**
 * Refuses documents that no page of ours would send, before anything runs: a depth or an alias flood costs its sender,
 * not us. Fragments count each time they are spread, because that is how often they are executed.
 */
const limitSize: ValidationRule = (context: ValidationContext): ASTVisitor => {
  const sizes = new Map<SelectionSetNode, { depth: number; fields: number }>();

  function measure(selections: SelectionSetNode, spreading: ReadonlySet<string>): { depth: number; fields: number } {
    const known = sizes.get(selections);
    if (known) return known;
    let depth = 0;
    let fields = 0;
    for (const selection of selections.selections) {
      let inner = { depth: 0, fields: 0 };
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
      if (fields > MOST_FIELDS) break;
    }
    const size = { depth, fields };
    sizes.set(selections, size);
    return size;
  }

  return {
    OperationDefinition(operation) {
      // The introspection query is deep by nature and costs nothing: it reads the schema, not the database.
      const roots = operation.selectionSet.selections;
      if (roots.every((root) => root.kind === Kind.FIELD && root.name.value.startsWith('__'))) return;
      const { depth, fields } = measure(operation.selectionSet, new Set());
      if (depth > DEEPEST) context.reportError(new GraphQLError(`The document is deeper than ${DEEPEST} levels.`));
      if (fields > MOST_FIELDS) context.reportError(new GraphQLError(`The document asks for more than ${MOST_FIELDS} fields.`));
      if (roots.length > MOST_ROOT_FIELDS) {
        context.reportError(new GraphQLError(`The document has more than ${MOST_ROOT_FIELDS} root fields.`));
      }
    },
  };
};

export const documentLimits = [limitSize];
