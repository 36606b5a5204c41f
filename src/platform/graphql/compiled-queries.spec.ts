import {
  buildSchema,
  execute,
  getOperationAST,
  getIntrospectionQuery,
  GraphQLScalarType,
  parse,
  validate,
  type ExecutionResult,
  type GraphQLEnumType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { compilingExecutor } from './compiled-queries.js';

/** What the product's schema has, and what it may come to have. */
function aSchema(): GraphQLSchema {
  const schema = buildSchema(`
    scalar Instant
    enum State { ACTIVE DONE }
    interface Node { id: ID! }
    type Lesson implements Node { id: ID! title: String! minutes: Int state: State at: Instant }
    type Quiz implements Node { id: ID! passed: Boolean! }
    union Step = Lesson | Quiz
    type Course implements Node { id: ID! lessons: [Lesson!]! maybe: [Lesson] steps: [Step!]! nodes: [Node!]! }
    input Filter { slug: String! limit: Int = 3 }
    type Query { course(slug: String, filter: Filter): Course now: Instant count(first: Int = 5): Int! echo(text: String): String }
    type Mutation { touch: Course }
  `);
  const lessons = [
    { id: '1', title: 'One', minutes: 3, state: 'internal-active', at: new Date(0) },
    { id: '2', title: 'Two', minutes: null, state: 'internal-done', at: null },
  ];
  const resolve: Record<string, Record<string, unknown>> = {
    Query: {
      course: async (
        _: unknown,
        { slug, filter }: { slug?: string; filter?: { slug: string; limit: number } },
      ) => {
        if (slug === 'refused')
          throw Object.assign(new Error('Refused.'), { extensions: { code: 'FORBIDDEN' } });
        const broken = { id: '3', title: slug === 'broken' ? null : 'Three' };
        const list = filter ? lessons.slice(0, filter.limit) : [...lessons, broken];
        const steps = [
          { ...lessons[0], __typename: 'Lesson' },
          { id: '9', passed: true, __typename: 'Quiz' },
        ];
        return { id: slug ?? filter?.slug ?? 'c', lessons: list, maybe: [null, broken], steps, nodes: steps };
      },
      now: () => new Date(0),
      count: (_: unknown, { first }: { first: number }) => first,
      echo: async (_: unknown, { text }: { text: string }) => text,
    },
    Lesson: {
      minutes: ({ minutes }: { minutes: number | null }) => {
        if (minutes === null) throw new Error('No minutes.');
        return minutes;
      },
    },
  };
  for (const [type, fields] of Object.entries(resolve)) {
    for (const [field, resolver] of Object.entries(fields)) {
      (schema.getType(type) as GraphQLObjectType).getFields()[field]!.resolve = resolver as () => unknown;
    }
  }
  const states = schema.getType('State') as GraphQLEnumType;
  states.getValues().forEach((value) => (value.value = `internal-${value.name.toLowerCase()}`));
  (states as unknown as { _valueLookup: null })._valueLookup = null;
  (schema.getType('Instant') as GraphQLScalarType).serialize = (value) => (value as Date).toISOString();
  return schema;
}

/** What is asked, the document, its variables. */
const CASES = (
  [
    [
      'plain fields, enums with inner values and scalars',
      '{ now course { id lessons { id title state at } } }',
    ],
    ['a field that fails', '{ course { lessons { id minutes } } }'],
    ['a refusal with a code', 'query ($s: String) { course(slug: $s) { id } now }', { s: 'refused' }],
    [
      'a null where none may be',
      'query ($s: String) { now course(slug: $s) { id lessons { title } } }',
      { s: 'broken' },
    ],
    [
      'a null in a list that may have some',
      'query ($s: String) { course(slug: $s) { maybe { title } } }',
      { s: 'broken' },
    ],
    [
      'unions and interfaces',
      '{ course { steps { __typename ... on Lesson { title } ... on Quiz { passed } } nodes { __typename id } } }',
    ],
    [
      'fragments and aliases',
      'query { a: course { ...F } b: course { ...F } } fragment F on Course { c: id lessons { d: title } }',
    ],
    [
      '@skip and @include',
      'query ($y: Boolean!) { now @include(if: $y) count @skip(if: $y) course { id @skip(if: $y) } }',
      { y: true },
    ],
    ['variables with defaults', 'query ($n: Int = 7) { count(first: $n) }'],
    ['a variable that is null', 'query ($n: Int) { count(first: $n) }', { n: null }],
    [
      'an input object',
      'query ($f: Filter) { course(filter: $f) { id lessons { id } } }',
      { f: { slug: 'x', limit: 1 } },
    ],
    [
      'an input object with variables in it',
      'query ($n: Int, $s: String!) { course(filter: { slug: $s, limit: $n }) { id lessons { id } } }',
      { s: 'x', n: 1 },
    ],
    ['numbers written in the document', '{ count(first: 3) }'],
  ] as [string, string, object?][]
).map(([what, text, variables = {}]) => [what, text, variables] as const);

describe('compilingExecutor', () => {
  const schema = aSchema();
  let run: (text: string, variables?: object, operationName?: string) => Promise<ExecutionResult>;
  beforeEach(() => {
    const executor = compilingExecutor(schema);
    run = (text, variables, operationName) => {
      const document = parse(text);
      expect(validate(schema, document)).toEqual([]);
      const operation = getOperationAST(document, operationName);
      const request = {
        document,
        operation,
        queryHash: text,
        request: { variables, operationName },
        context: {},
      };
      return executor(request as unknown as Parameters<typeof executor>[0]);
    };
  });
  const plain = (
    text: string,
    variables?: object,
    operationName?: string,
  ): ExecutionResult | Promise<ExecutionResult> =>
    execute({
      schema,
      document: parse(text),
      variableValues: variables as never,
      operationName,
      contextValue: {},
    });
  /** What leaves the process; errors in any order, as they happen. */
  const sent = ({ data, errors }: ExecutionResult): unknown => ({
    data: JSON.parse(JSON.stringify(data ?? null)),
    errors: (errors ?? []).map((error) => JSON.stringify(error.toJSON())).sort(),
  });
  /** GraphQL.js makes objects without a prototype, compiled queries make plain ones. */
  const isCompiled = ({ data }: ExecutionResult): boolean =>
    data != null && Object.getPrototypeOf(data) !== null;

  it.each(CASES)(
    'answers %s as GraphQL.js does, compiled the second time',
    async (_what, text, variables) => {
      const expected = sent(await plain(text, variables));
      const answers = [await run(text, variables), await run(text, variables), await run(text, variables)];
      for (const answer of answers) expect(sent(answer)).toEqual(expected);
      if (answers[0]!.data) expect(answers.map(isCompiled)).toEqual([false, true, true]);
    },
  );

  it.each([
    ['of a wrong type', 'query ($n: Int) { count(first: $n) }', { n: 'three' }],
    ['missing', 'query ($f: Filter) { course(filter: $f) { id } }', { f: {} }],
  ])('says of a variable %s what GraphQL.js says', async (_what, text, variables) => {
    const expected = await plain(text, variables);
    for (let times = 0; times < 3; times += 1) {
      const { data, errors } = await run(text, variables);
      expect({ data, errors: errors!.map(String) }).toEqual({
        data: undefined,
        errors: expected.errors!.map(String),
      });
      expect(errors![0]!.nodes).toHaveLength(1);
    }
  });

  it('keeps the operations of one document apart', async () => {
    const text = 'query A { now } query B { count }';
    for (let times = 0; times < 3; times += 1) {
      expect(sent(await run(text, {}, 'A'))).toEqual(sent(await plain(text, {}, 'A')));
      expect(sent(await run(text, {}, 'B'))).toEqual(sent(await plain(text, {}, 'B')));
    }
  });

  it.each([
    ['texts', '{ echo(text: "a") }'],
    ['texts in defaults', 'query ($t: String = "a") { echo(text: $t) }'],
    ['block texts', '{ echo(text: """a""") }'],
    ['names that JavaScript knows', '{ __proto__: now }'],
    ['introspection', getIntrospectionQuery()],
    ['mutations', 'mutation { touch { id } }'],
  ])('never compiles %s', async (_what, text) => {
    for (let times = 0; times < 3; times += 1) {
      const answer = await run(text);
      expect(isCompiled(answer)).toBe(false);
      expect(sent(answer)).toEqual(sent(await plain(text)));
    }
  });

  it('runs nothing that a document says', async () => {
    const mark = '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d';
    const text = `{ echo(text: "${mark}(globalThis.ran = true)") }`;
    for (let times = 0; times < 3; times += 1) await run(text);
    expect(globalThis).not.toHaveProperty('ran');
  });

  it('forgets the queries that were used longest ago', async () => {
    await run('{ now }');
    for (let each = 0; each < 400; each += 1) await run(`{ a${each}: now }`);
    expect(isCompiled(await run('{ now }'))).toBe(false);
    expect(isCompiled(await run('{ now }'))).toBe(true);
  });
});
