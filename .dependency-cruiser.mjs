/** The rooms of src/, bottom floor first: a room imports itself and the floors below it. */
const floors = [
  'diagnostic',
  'network',
  'template',
  'dialect',
  'project',
  'manifest',
  'compile',
  'warehouse',
  'landing',
  'store',
  'materialize',
  'data-test',
  'freshness',
  'seed',
  'unit-test',
  'run',
  'mutation',
  'artifact',
  'report',
];

/** One library, one home: the only room that may import it. */
const homes = {
  '(?:https?-proxy-agent|agent-base|proxy-from-env)': 'network',
  handlebars: 'template',
  yaml: 'project',
  jiti: 'project|seed',
  graphlib: 'manifest',
  'libpg-query': 'compile',
  '@duckdb/node-api': 'warehouse',
  knex: 'warehouse',
  pg: 'warehouse',
  'pg-copy-streams': 'warehouse',
  '@aws-sdk/(?:client-s3|lib-storage)': 'landing',
  '@aws-sdk/client-redshift': 'warehouse',
  'csv-parse': 'seed',
  '@faker-js/faker': 'seed',
  commander: 'cli',
  picocolors: 'report',
};

const lookDownOnly = floors.slice(0, -1).map((room, floor) => ({
  name: `${room}-looks-down-only`,
  comment: `src/${room} is below ${floors.slice(floor + 1).join(', ')}: pass a function in instead of looking up.`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: `^src/(${[...floors.slice(floor + 1), 'cli'].join('|')}|index\\.ts)` },
}));

const oneHome = Object.entries(homes).map(([library, room]) => ({
  name: `${library.replace(/[^a-z]+/g, '-')}-lives-in-${room.replace('|', '-or-')}`,
  comment: `Only src/${room} imports ${library}; other rooms call what it offers.`,
  severity: 'error',
  from: { path: '^src/', pathNot: `^src/(${room})/` },
  to: { path: `^node_modules/${library}/` },
}));

export default {
  forbidden: [
    ...lookDownOnly,
    ...oneHome,
    {
      name: 'no-cycles',
      comment: 'A cycle of files has no bottom: find the noun that both need.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-strays',
      comment: 'Every file of src/ is in a room, but for the library’s front door.',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(${[...floors, 'cli'].join('|')})/|^src/index\\.ts$` },
      to: {},
    },
    {
      name: 'no-tests-in-src',
      comment: 'Shipped code does not import tests, benchmarks or development tools.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'nothing-unresolved',
      comment: 'An import that does not resolve is a dependency that is missing.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
