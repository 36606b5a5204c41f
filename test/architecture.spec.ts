import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { GraphQLSchemaHost, TypeMetadataStorage } from '@nestjs/graphql';
import {
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { AppModule } from '../src/app.module.js';
import { ACCESS } from '../src/platform/access/access.js';
import { buildSchema, schemaText } from '../src/platform/graphql/schema.js';
import { declaredEvents } from '../src/platform/outbox/events.js';
import { Handlers } from '../src/platform/outbox/handlers.js';
import { aPerson } from './support/builders.js';
import { startTestApp, type TestApp } from './support/test-app.js';

/** Under these keys NestJS keeps what `@Query`, `@Mutation` and `@Get` said of a method. */
const RESOLVER_TYPE = 'graphql:resolver_type';
const ROUTE_PATH = 'path';

/** Words that no field may be named after, because what they name stays on the server. */
const PRIVATE_WORDS = /hash|sealed|secret|password|token|digest|correct|seed(?!ed)/i;
const PUBLIC_ALL_THE_SAME = [
  'AttemptOption.correct', // null until the attempt is graded; the quiz tests hold it to that
  'CourseVersion.contentHash', // of the course that everyone reads: anyone may compute it
  'QuestionOption.correct', // for the trainers of the course; the lesson editing tests hold it to that
  'QuestionVersionOption.correct', // for the trainers of the course; the question bank tests hold it to that
];

/** The sign-in mutations act for nobody yet, and signing out has nothing to be told. */
const WITHOUT_IDEMPOTENCY_KEY = ['signInStart', 'signInVerify', 'signOut'];
const WITHOUT_INPUT = ['signOut'];

describe('the house rules', () => {
  let app: TestApp;
  let schema: GraphQLSchema;
  beforeAll(async () => {
    app = await startTestApp();
    schema = app.get(GraphQLSchemaHost).schema;
  });
  afterAll(() => app.close());

  const fieldsOf = (type: GraphQLObjectType | null | undefined): GraphQLField<unknown, unknown>[] =>
    Object.values(type?.getFields() ?? {});
  const objectTypes = (): GraphQLObjectType[] =>
    Object.values(schema.getTypeMap())
      .filter(isObjectType)
      .filter(({ name }) => !name.startsWith('__'));

  /** The methods of all providers and controllers that the world can call, as `Class.method`. */
  function entryPoints(): { name: string; method: object }[] {
    const discovery = app.get(DiscoveryService);
    const scanner = new MetadataScanner();
    return [...discovery.getProviders(), ...discovery.getControllers()].flatMap(({ instance, metatype }) => {
      if (!instance || typeof metatype !== 'function') return [];
      const prototype = Object.getPrototypeOf(instance) as Record<string, object>;
      return scanner
        .getAllMethodNames(prototype)
        .map((key) => ({ name: `${metatype.name}.${key}`, method: prototype[key]! }))
        .filter(({ method }) => {
          const resolves = Reflect.getMetadata(RESOLVER_TYPE, method) as string | undefined;
          return (
            ['Query', 'Mutation', 'Subscription'].includes(resolves!) ||
            Reflect.hasMetadata(ROUTE_PATH, method)
          );
        });
    });
  }

  it('every query, mutation and route says who may call it', () => {
    const all = entryPoints();
    expect(all.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'IdentityResolver.signInStart',
        'HealthController.live',
        'CredentialsController.did',
      ]),
    );
    const rootFields = fieldsOf(schema.getQueryType()).length + fieldsOf(schema.getMutationType()).length;
    expect(all.length).toBeGreaterThan(rootFields);
    expect(all.filter(({ method }) => !Reflect.hasMetadata(ACCESS, method)).map(({ name }) => name)).toEqual(
      [],
    );
  });

  it('every event is heard, or declared unheard', () => {
    const handlers = app.get(Handlers);
    const events = [...declaredEvents().values()];
    expect(events.length).toBeGreaterThan(3);
    const wrong = events.filter((event) => handlers.namesFor(event).length > 0 === event.unheard);
    expect(wrong.map(({ name }) => name)).toEqual([]);
    const misnamed = events.filter(({ name }) => !/^[a-z]+\.[a-z]+(-[a-z]+)+$/.test(name));
    expect(misnamed.map(({ name }) => name)).toEqual([]);
  });

  it('every mutation takes one input, which may carry an idempotency key', () => {
    const mutations = fieldsOf(schema.getMutationType());
    const wrong = mutations.filter(({ name, args }) => {
      if (WITHOUT_INPUT.includes(name)) return args.length > 0;
      const input = args[0] && getNamedType(args[0].type);
      const isOneInput = args.length === 1 && args[0]!.name === 'input' && isNonNullType(args[0]!.type);
      if (!isOneInput || !isInputObjectType(input)) return true;
      return 'idempotencyKey' in input.getFields() === WITHOUT_IDEMPOTENCY_KEY.includes(name);
    });
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it('every mutation answers with a payload: userErrors, and what may be null when there are some', () => {
    const wrong = fieldsOf(schema.getMutationType()).filter(({ type }) => {
      const payload = getNamedType(type);
      if (!isNonNullType(type) || !isObjectType(payload) || !payload.name.endsWith('Payload')) return true;
      const { userErrors, ...results } = payload.getFields();
      if (String(userErrors?.type) !== '[UserError!]!') return true;
      return (
        Object.keys(results).length === 0 ||
        Object.values(results).some((result) => isNonNullType(result.type))
      );
    });
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it('every connection is paged: first is required, 1 to 100', async () => {
    const paged = objectTypes().flatMap((parent) =>
      fieldsOf(parent)
        .filter(({ type }) => getNamedType(type).name.endsWith('Connection'))
        .map((field) => ({ parent, field })),
    );
    expect(paged.map(({ field }) => field.name)).toContain('courses');
    const unpaged = paged.filter(({ field: { args } }) => {
      const type = (name: string): string => String(args.find((argument) => argument.name === name)?.type);
      return type('first') !== 'Int!' || type('after') !== 'String';
    });
    expect(unpaged.map(({ parent, field }) => `${parent.name}.${field.name}`)).toEqual([]);

    const admin = await aPerson(app, { roles: ['ADMIN', 'MANAGER', 'TRAINER'] });
    const callable = paged.filter(({ parent, field }) => {
      const required = field.args.filter((argument) => isNonNullType(argument.type));
      return parent === schema.getQueryType() && required.length === 1;
    });
    for (const { field } of callable) {
      for (const first of [-1, 0, 101]) {
        const code = await admin.errorCode(`{ ${field.name}(first: ${first}) { nodes { __typename } } }`);
        expect({ field: field.name, first, code }).toMatchObject({ code: 'BAD_USER_INPUT' });
      }
      await admin.ask(`{ ${field.name}(first: 100) { nodes { __typename } } }`);
    }
  });

  it('no query answers with a list that has no pages', () => {
    const lists = fieldsOf(schema.getQueryType()).filter(({ type }) =>
      isListType(isNonNullType(type) ? type.ofType : type),
    );
    expect(lists.map(({ name }) => name)).toEqual([]);
  });

  it('every query, mutation and noun of the schema is described', () => {
    const fields = [...fieldsOf(schema.getQueryType()), ...fieldsOf(schema.getMutationType())];
    // Payloads, connections and their edges are described by their names.
    const nouns = objectTypes().filter(
      ({ name }) => !/^(Query|Mutation)$|(Payload|Connection|Edge)$/.test(name),
    );
    expect([...fields, ...nouns].filter(({ description }) => !description).map(({ name }) => name)).toEqual(
      [],
    );
  });

  it('no field is named after what stays on the server', () => {
    const fields = objectTypes().flatMap((type) => fieldsOf(type).map(({ name }) => `${type.name}.${name}`));
    const exposed = fields.filter((path) => PRIVATE_WORDS.test(path.split('.')[1]!));
    expect(exposed.sort()).toEqual(PUBLIC_ALL_THE_SAME);
  });

  it('no two classes or methods share a name of the schema: of two, one would be lost without a word', () => {
    const names = [
      ...TypeMetadataStorage.getObjectTypesMetadata(),
      ...TypeMetadataStorage.getInputTypesMetadata(),
    ]
      .filter(({ isAbstract }) => !isAbstract)
      .map(({ name }) => name);
    const operations = [
      ...TypeMetadataStorage.getMutationsMetadata(),
      ...TypeMetadataStorage.getQueriesMetadata(),
    ].map(({ schemaName }) => schemaName);
    expect(names.length).toBeGreaterThan(100);
    expect(operations.length).toBeGreaterThan(50);
    for (const all of [names, operations])
      expect(all.filter((name, index) => all.indexOf(name) !== index)).toEqual([]);
  });

  it('the schema that is printed is the one that is served', async () => {
    const { config, clock, mailbox: mailer } = app;
    expect(schemaText(schema)).toBe(schemaText(await buildSchema(AppModule.with({ config, clock, mailer }))));
  });
});
