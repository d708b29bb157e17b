import type { Column } from '../../../src/dialect/column-type.ts';
import { loadErrors } from '../../../src/dialect/redshift/load-error-query.ts';
import { redshiftDialect as dialect } from '../../../src/dialect/redshift/redshift-dialect.ts';
import { tableStatements } from '../../../src/dialect/table-statements.ts';
import { seedStatements } from '../../../src/seed/seed-statements.ts';

const daily = { schema: 'analytics', name: 'daily' };
const events = { schema: 'analytics__raw', name: 'daily_dump' };
const odd = { schema: 'My Schema', name: 'Order' };
const version = { schema: 'analytics__store', name: 'daily__3fa9c1d2e4b7' };

const columns: readonly Column[] = [
  { name: 'activity_date', type: { kind: 'date' } },
  { name: 'user', type: { kind: 'varchar', length: 24 } },
  { name: 'note', type: { kind: 'varchar' } },
  { name: 'score', type: { kind: 'double' } },
  { name: 'amount', type: { kind: 'numeric', precision: 18, scale: 2 } },
  { name: 'seen_at', type: { kind: 'timestamp' } },
  { name: 'is_paid', type: { kind: 'boolean' } },
];

const select =
  'select activity_date, count(distinct user_id) as dau\nfrom analytics__raw.daily_dump\ngroup by 1';

const copy = {
  into: events,
  columns: columns.slice(0, 3),
  nullMarker: '@NULL@',
  from: {
    kind: 'manifest',
    url: 's3://bucket/landing/_loads/8f2c/daily_dump.manifest',
    gzip: true,
    iamRole: 'arn:aws:iam::123456789012:role/loader',
  },
} as const;

const [systemView = '', systemTable = ''] = loadErrors.queries({
  session: 1073,
  since: '2025-12-31 23:59:58',
});

const [encodedTable = '', encodedRows = ''] = tableStatements(dialect, version, {
  select,
  columns: [
    { name: 'activity_date', type: { kind: 'date' } },
    { name: 'dau', type: { kind: 'bigint' } },
  ],
  options: { dist: 'even', sort: ['activity_date'], encode: { activity_date: 'raw', dau: 'az64' } },
});

const [seedTable = '', seedRows = ''] = seedStatements(
  dialect,
  { schema: 'analytics__store', name: 'countries__0c1f' },
  {
    columns: [
      { name: 'code', type: { kind: 'varchar' } },
      { name: 'since', type: { kind: 'date' } },
      { name: 'is_open', type: { kind: 'boolean' } },
      { name: 'share', type: { kind: 'double' } },
    ],
    rows: [
      ['DE', '2019-01-01', 'yes', '0.5'],
      ["C\\O'", null, 'no', null],
    ],
  },
  { dist: 'all' },
);

/** One statement of each kind that Redshift's dialect writes, by the name of its golden file. */
export const redshiftStatements: Readonly<Record<string, string>> = {
  'create-schema': dialect.createSchema('analytics__store'),
  'drop-schema': dialect.dropSchema('analytics__store'),
  'create-table': dialect.createTable(events, columns, ['activity_date']),
  'create-table-odd-names': dialect.createTable(odd, [{ name: 'User Name', type: { kind: 'bigint' } }]),
  'create-table-as': dialect.createTableAs(version, select, {}),
  'create-table-as-auto': dialect.createTableAs(version, select, { dist: 'auto' }),
  'create-table-as-all': dialect.createTableAs(version, select, { dist: 'ALL' }),
  'create-table-as-even': dialect.createTableAs(version, select, { dist: 'even', backup: false }),
  'create-table-as-keys': dialect.createTableAs(version, select, {
    dist: 'activity_date',
    sort: ['activity_date', 'dau'],
  }),
  'create-table-as-interleaved': dialect.createTableAs(version, select, {
    dist: 'Order',
    sort: ['activity_date', 'dau'],
    sortStyle: 'interleaved',
  }),
  'create-table-encoded': encodedTable,
  'insert-encoded': encodedRows,
  'create-table-seed': seedTable,
  'insert-seed': seedRows,
  'create-view': dialect.createView(daily, select),
  'create-or-replace-view': dialect.createOrReplaceView(daily, select),
  'create-view-late-binding': dialect.createView(daily, select, { lateBinding: true }),
  'create-materialized-view':
    dialect.materializedViews?.create(daily, select, {
      dist: 'activity_date',
      sort: ['activity_date'],
      backup: false,
    }) ?? '',
  'drop-materialized-view': dialect.materializedViews?.drop(daily) ?? '',
  'drop-table': dialect.dropTable(version),
  'drop-view': dialect.dropView(daily),
  'rename-table': dialect.renameTable({ schema: 'analytics', name: 'daily__next' }, 'daily'),
  'comment-on-table': dialect.commentOnRelation('table', version, "it's C:\\daily"),
  'comment-on-view': dialect.commentOnRelation('view', daily, 'Activity by day.'),
  'comment-on-column': dialect.commentOnColumn(odd, 'User Name', 'Who.'),
  'grant-to-user': dialect.grantSelect(daily, 'tableau'),
  'grant-to-group': dialect.grantSelect(daily, 'group BI team'),
  'grant-to-role': dialect.grantSelect(daily, 'ROLE reader'),
  'grant-to-public': dialect.grantSelect(daily, 'Public'),
  'revoke-from-group': dialect.revokeSelect(daily, 'group bi'),
  'grant-usage': dialect.grantUsage('analytics', 'group bi'),
  grants: dialect.grantsQuery(['analytics', "it's"]),
  grantees: dialect.granteesQuery(),
  analyze: dialect.analyzeTable(events) ?? '',
  lock: dialect.lockTable({ schema: 'analytics__store', name: '_environment' }) ?? '',
  copy: dialect.loadCsv(copy),
  'copy-parse-only': dialect.loadCsv({ ...copy, parseOnly: true }),
  'copy-plain-elsewhere': dialect.loadCsv({
    ...copy,
    from: { ...copy.from, gzip: false, iamRole: 'default', region: 'eu-west-1' },
  }),
  'load-errors-sys': systemView,
  'load-errors-stl': systemTable,
  catalog: dialect.catalogQuery(['analytics', 'analytics__store']),
  relations: dialect.relationsQuery(['analytics', 'analytics__store']),
  'relations-of-nothing': dialect.relationsQuery([]),
  'dependent-views': dialect.dependentViewsQuery(['analytics']) ?? '',
  schemas: dialect.schemasQuery(),
  checksum: dialect.checksumQuery(events, ['activity_date', 'user', 'amount']),
  clock: dialect.clockQuery(),
  ...Object.fromEntries(dialect.sessionSettings.map((setting) => [settingName(setting), setting])),
};

function settingName(setting: string): string {
  return `set-${/^set (\w+)/.exec(setting)?.[1] ?? ''}`.replaceAll('_', '-');
}
