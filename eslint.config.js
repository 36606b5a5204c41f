import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';

/**
 * Lint rules. Where a rule forbids, its message says what to use instead. What concerns the direction of imports is
 * in .dependency-cruiser.cjs; what concerns layout is Prettier's.
 */

const ENVIRONMENT = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message:
    'Only src/config.ts reads the environment: add the variable there, and take CONFIG in the constructor.',
};

const TIME = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Ask the injected Clock (clock.now()), or take the instant as an argument: tests move the time.',
  },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Ask the injected Clock (clock.now()), or take the instant as an argument: tests move the time.',
  },
  {
    selector:
      "CallExpression[callee.property.name=/^(now|local|utc)$/][callee.object.name='DateTime'][arguments.length=0]",
    message: 'Ask the injected Clock (clock.now()), and give it to luxon with DateTime.fromJSDate().',
  },
];

const FORWARD_REF = {
  name: '@nestjs/common',
  importNames: ['forwardRef'],
  message:
    'Two features that need each other are in the wrong order: let the later one reach back, or record an event.',
};

const HTTP_EXCEPTIONS = {
  group: ['@nestjs/common'],
  importNamePattern: '(Exception|^HttpStatus)$',
  message:
    'Throw a DomainError with a refusal, or NotFoundError, ForbiddenError, BadInputError of platform/errors.js: a use case does not know HTTP.',
};

/** Counted here and not by `max-params`, which cannot tell a constructor: what Nest injects is not passed by hand. */
const PARAMETERS = [
  {
    selector:
      ":matches(FunctionDeclaration, ArrowFunctionExpression, MethodDefinition[kind!='constructor'] > FunctionExpression)[params.length>4]",
    message: 'More than 4 parameters: pass what belongs together as one object with names.',
  },
  {
    selector: "MethodDefinition[kind='constructor'] > FunctionExpression[params.length>6]",
    message: 'More than 6 dependencies: split the class by use case.',
  },
];

/** `no-restricted-syntax` and `no-restricted-imports` are replaced, not merged, by a later entry: each is whole. */
const syntax = (...selectors) => ({ 'no-restricted-syntax': ['error', ...selectors] });

/** In Node 20, once optimized, it says no to every address with a letter such as "é". */
const URL_CAN_PARSE = {
  'no-restricted-properties': [
    'error',
    {
      object: 'URL',
      property: 'canParse',
      message: 'Wrong for letters beyond ASCII in Node 20: parseUrl().',
    },
  ],
};

const PAGES = {
  ...URL_CAN_PARSE,
  'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  // Knows neither the types nor what Svelte declares; svelte-check does.
  'no-undef': 'off',
};

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      '.data/',
      'web/build/',
      'web/.svelte-kit/',
      'web/test-results/',
      'bench/',
    ],
  },
  {
    files: ['**/*.ts'],
    ignores: ['web/**'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      ...URL_CAN_PARSE,
      ...syntax(ENVIRONMENT, ...TIME, ...PARAMETERS),
      'no-restricted-imports': ['error', { paths: [FORWARD_REF] }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],

      // Nest's modules, inputs and payloads are classes with nothing but decorators.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // The shape of a row is known where an index is written; noUncheckedIndexedAccess makes it be said with `!`.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // `return refuse(...)` in one line is how a function gives up.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // A method that must give a promise is written `async` even where it has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Entities, inputs and payloads are data: they have no methods, so an object literal of that shape is one.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      // Errors of node:fs are caught as the NodeJS.ErrnoException that they are.
      '@typescript-eslint/use-unknown-in-catch-callback-variable': 'off',
      // A type parameter may be there to be read, or to be given by hand.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // What arrives from outside may not be what its type says; checks that look needless to the compiler stay.
      '@typescript-eslint/no-unnecessary-condition': 'off',
    },
  },
  // Declares the classes of packages that have no types of their own.
  { files: ['**/*.d.ts'], rules: { '@typescript-eslint/no-extraneous-class': 'off' } },
  {
    files: ['src/features/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [FORWARD_REF], patterns: [HTTP_EXCEPTIONS] }] },
  },
  { files: ['src/config.ts'], rules: syntax(...TIME, ...PARAMETERS) },
  // SvelteKit's server takes its settings from the environment: they are written there, from CONFIG.
  { files: ['src/web/pages.ts'], rules: syntax(...TIME, ...PARAMETERS) },
  { files: ['src/platform/clock.ts'], rules: syntax(ENVIRONMENT, ...PARAMETERS) },
  {
    // Starts programs, which need an environment, and waits for them, which is measured on the machine's clock.
    files: ['src/embedded/**/*.ts'],
    rules: syntax(...PARAMETERS),
  },
  {
    files: ['test/**/*.ts', '**/*.spec.ts'],
    rules: {
      'no-restricted-syntax': 'off',
      // The cases of one use case stand in one file, so that one app serves them all.
      'max-lines': ['error', { max: 450, skipBlankLines: true, skipComments: true }],
      // What a GraphQL answer holds is said by the test's expectation, not by a type.
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  // The pages: their types are checked by svelte-check (npm run types).
  { files: ['web/**/*.ts'], extends: [tseslint.configs.recommended], rules: PAGES },
  {
    files: ['web/**/*.svelte'],
    extends: [tseslint.configs.recommended, svelte.configs.recommended],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      ...PAGES,
      // Props are written with `let`, as they change under the component.
      'prefer-const': 'off',
      // Addresses here are paths of this very site, which has no base path.
      'svelte/no-navigation-without-resolve': 'off',
      // Only what the API rendered from a tree of blocks; each place says so.
      'svelte/no-at-html-tags': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [tseslint.configs.base],
    rules: { 'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }] },
  },
);
