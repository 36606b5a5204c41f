/**
 * The import rules of the house (docs/architecture.md), checked by `npm run lint`. Every import runs left to right:
 * a feature knows those before it, the platform knows none, and nothing knows reminders and reporting.
 */

/** In dependency order. A new feature takes its place here and in src/app.module.ts. */
const FEATURES = [
  'identity',
  'businesses',
  'catalog',
  'formats',
  'studio',
  'interchange',
  'programs',
  'enrollment',
  'rosters',
  'learning',
  'packages',
  'credentials',
  'grants',
  'reminders',
  'reporting',
];

/** They listen to everything, and nothing may depend on what they do. */
const LISTENERS = ['reminders', 'reporting'];

const feature = (name) => `^src/features/${name}/`;
const anyOf = (names) => `^src/features/(${names.join('|')})/`;

const inOrder = FEATURES.slice(0, -1).map((name, index) => ({
  name: `${name}-knows-no-later-feature`,
  comment:
    `${name} comes before ${FEATURES.slice(index + 1).join(', ')}. Let the later feature reach back: it adds the ` +
    'field to the type, or hears an event that this one records.',
  severity: 'error',
  from: { path: feature(name) },
  to: { path: anyOf(FEATURES.slice(index + 1)) },
}));

/** An npm package, by its name. */
const npm = (...names) => `(^|/)node_modules/(@types/)?(${names.join('|')})/`;

module.exports = {
  forbidden: [
    ...inOrder,
    {
      name: 'feature-unknown',
      comment: 'A feature that is not in the list has no place in the order: add it to FEATURES.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/features/', pathNot: anyOf(FEATURES) },
    },
    {
      name: 'nothing-knows-the-listeners',
      comment: 'Reminders and reporting hear of everything; only app.module.ts names them.',
      severity: 'error',
      from: { path: '^src/', pathNot: [anyOf(LISTENERS), '^src/app\\.module\\.ts$'] },
      to: { path: anyOf(LISTENERS) },
    },
    {
      name: 'listeners-do-not-know-each-other',
      severity: 'error',
      comment: 'What both need belongs to a feature before them.',
      from: { path: feature('reporting') },
      to: { path: feature('reminders') },
    },
    {
      name: 'platform-knows-no-feature',
      comment: 'The platform is what every feature stands on: give it a function or a token to fill in.',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/(features|embedded)/|^src/app\\.module\\.ts$' },
    },
    {
      name: 'job-queue-only-in-platform-jobs',
      comment: 'There is one way to start background work: record an event (platform/outbox).',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/platform/jobs/' },
      to: { path: npm('bullmq', 'ioredis') },
    },
    {
      name: 'typeorm-only-where-rows-are-read-and-written',
      comment:
        'Entities, queries, services, modules (which register entities) and the platform talk to the database; the rest ' +
        'asks them. version-content.ts writes the rows of a whole version, outlines.ts keeps what it read of published ones.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          '^src/platform/',
          '\\.(entity|queries|service|module)\\.ts$',
          '^src/features/catalog/(version-content|outlines)\\.ts$',
        ],
      },
      to: { path: npm('typeorm', '@nestjs/typeorm') },
    },
    {
      name: 'pg-only-below-typeorm',
      comment: 'Statements run in a transaction that the service opened: tx.query().',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(platform|embedded)/' },
      to: { path: npm('pg') },
    },
    {
      name: 'rules-are-pure',
      comment:
        'Rules take facts and the time as arguments, so that they can be tested as a table: no database, clock, ' +
        'framework, or file that has one. Types may come from anywhere.',
      severity: 'error',
      from: { path: '\\.rules\\.ts$' },
      to: {
        path: [
          npm('typeorm', '@nestjs/[^/]+', 'pg', 'bullmq', 'ioredis'),
          '^src/platform/(clock|sealing|database|outbox|jobs|mail|audit|http|graphql)',
          '\\.(entity|queries|service|resolver|handlers|controller|module)\\.ts$',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'embedded-only-from-the-entry-files',
      comment: 'The embedded mode is chosen where a process starts; what runs in it must not know.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/embedded/', '^src/[^/]+\\.ts$'] },
      to: { path: '^src/embedded/' },
    },
    {
      name: 'source-knows-no-test',
      severity: 'error',
      comment: 'What runs in production does not depend on what tests it.',
      from: { path: '^(src|migrations)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^test/|\\.spec\\.ts$' },
    },
    {
      name: 'migrations-stand-alone',
      comment: 'A migration says what it did on its day; code that it imported would change under it.',
      severity: 'error',
      from: { path: '^migrations/' },
      to: { path: '^src/' },
    },
    {
      name: 'no-cycle',
      comment: 'Two files that need each other are one file, or miss a third. A type may point back.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphan',
      comment: 'Nothing imports it and it starts nothing: delete it.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: ['\\.d\\.ts$', '\\.spec\\.ts$', '^test/support/(setup|time-zones/.*)\\.ts$', '^migrations/'],
      },
      to: {},
    },
    {
      name: 'not-to-dev-dependency',
      comment: 'It would be missing where the product runs.',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'resolvable',
      comment: 'The file or package does not exist.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: 'specify',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
