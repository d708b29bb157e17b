import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { buildDag, type Dag } from '../../src/manifest/dag.ts';
import type { Node } from '../../src/manifest/node.ts';
import { type SelectionFlags, select } from '../../src/manifest/select.ts';
import {
  generatedSeed,
  genericTest,
  manifestOf,
  model,
  seed,
  singularTest,
  source,
} from '../support/manifest.ts';
import { layeredProject } from '../support/random-dag.ts';

const SHOP: readonly Node[] = [
  generatedSeed('events'),
  seed('countries'),
  source('raw.events'),
  source('crm.accounts', { landed: false }),
  model('stg_events', ['raw.events'], { folder: 'staging', tags: ['core', 'hourly'] }),
  model('stg_accounts', ['crm.accounts', 'seed:countries'], { folder: 'staging', tags: ['core'] }),
  model('int_user_day', ['stg_events'], { folder: 'intermediate/users', meta: { owner: 'ada' } }),
  model('daily', ['int_user_day', 'stg_accounts'], {
    folder: 'marts',
    tags: ['nightly'],
    meta: { owner: 'ada' },
    raw: { materialized: 'table', sort: ['activity_date'] },
  }),
  model('weekly', ['daily'], { folder: 'marts', raw: { materialized: 'table', enabled: true } }),
  genericTest('unique', ['stg_events']),
  genericTest('not_null', ['daily'], { columnName: 'dau' }),
  genericTest('relationships', ['int_user_day', 'stg_accounts']),
  singularTest('daily_adds_up', ['daily', 'weekly']),
];

function dagOf(nodes: readonly Node[]): Dag {
  const dag = buildDag(manifestOf(nodes), (diagnostic) => {
    throw new Error(diagnostic.message);
  });
  if (dag === undefined) throw new Error('no DAG');
  return dag;
}

function trySelect(flags: Partial<SelectionFlags>, dag: Dag = dagOf(SHOP)) {
  const found: Diagnostic[] = [];
  const selection = select(dag, { select: [], exclude: [], ...flags }, (diagnostic) =>
    found.push(diagnostic),
  );
  return { names: [...selection.nodes].map((id) => dag.manifest.nodes.get(id)?.name), selection, found };
}

/** The names that a selector means, tests last and in brackets. */
function selected(text: string, exclude: readonly string[] = []): string {
  const dag = dagOf(SHOP);
  const { selection, found } = trySelect({ select: [text], exclude }, dag);
  expect(found).toEqual([]);
  const nodes = [...selection.nodes].flatMap((uniqueId) => dag.manifest.nodes.get(uniqueId) ?? []);
  const names = nodes.filter((node) => node.resourceType !== 'test').map((node) => node.name);
  const tests = nodes
    .filter((node) => node.resourceType === 'test')
    .map((node) => `[${node.name.split('_')[0]}]`);
  return [...names, ...tests.sort()].join(' ');
}

describe('select', () => {
  test('no flags select everything', () => {
    expect(trySelect({}).names).toHaveLength(SHOP.length);
  });

  test.each([
    ['a plain name brings the tests that read it', 'daily', 'daily [daily] [not]'],
    ['a test is brought by any node that it reads', 'stg_accounts', 'stg_accounts [relationships]'],
    [
      'a folder is the beginning of a dotted path',
      'staging',
      'stg_accounts stg_events [relationships] [unique]',
    ],
    ['a dotted path may begin with the project', 'shop.marts.weekly', 'weekly [daily]'],
    ['a nested folder is named by its whole path', 'intermediate.users', 'int_user_day [relationships]'],
    ['a star stands for any characters', 'stg_*', 'stg_accounts stg_events [relationships] [unique]'],
    ['a star may stand for the last part of a path', 'marts.*', 'daily weekly [daily] [not]'],
    ['a question mark stands for one character', 'dail?', 'daily [daily] [not]'],
    ['brackets stand for one of some characters', '[dw]*ly', 'daily weekly [daily] [not]'],
    ['a test can be named', 'daily_adds_up', '[daily]'],
    ['a generated seed and its landed table go by one name', 'events', 'events events'],
    ['plus before takes ancestors', '+stg_events', 'events events stg_events [unique]'],
    ['plus before with a number takes so many steps', '1+stg_events', 'events stg_events [unique]'],
    [
      'plus behind takes descendants',
      'int_user_day+',
      'int_user_day daily weekly [daily] [not] [relationships]',
    ],
    [
      'plus behind with a number takes so many steps',
      'int_user_day+1',
      'int_user_day daily [daily] [not] [relationships]',
    ],
    [
      'both pluses work together',
      '1+int_user_day+1',
      'stg_events int_user_day daily [daily] [not] [relationships] [unique]',
    ],
    ['zero steps are none', '0+daily+0', 'daily [daily] [not]'],
    [
      'at takes descendants and all that they read',
      '@stg_accounts',
      'events countries accounts stg_accounts events stg_events int_user_day daily weekly [daily] [not] [relationships] [unique]',
    ],
    ['spaces unite', 'weekly countries', 'countries weekly [daily]'],
    ['commas intersect', 'tag:core,tag:hourly', 'stg_events [unique]'],
    [
      'operators bind closer than commas',
      'stg_events+,config.materialized:table',
      'daily weekly [daily] [not]',
    ],
    ['a tag', 'tag:nightly', 'daily [daily] [not]'],
    ['a tag by pattern', 'tag:h*', 'stg_events [unique]'],
    ['a folder by path', 'path:models/marts', 'daily weekly [daily] [not]'],
    ['a value with a slash is a path', './models/marts/', 'daily weekly [daily] [not]'],
    ['a star in a path stops at slashes', 'models/*/weekly.sql', 'weekly [daily]'],
    ['two stars in a path do not', 'models/**/int_*.sql', 'int_user_day [relationships]'],
    ['a file by its ending', 'weekly.sql', 'weekly [daily]'],
    ['a file without its ending', 'file:weekly', 'weekly [daily]'],
    ['a config', 'config.materialized:table', 'daily weekly [daily] [not]'],
    [
      'a config that was not written down has its default',
      'config.materialized:view,staging',
      'stg_accounts stg_events [relationships] [unique]',
    ],
    ['a config that is a list', 'config.sort:activity_date', 'daily [daily] [not]'],
    ['a config below another', 'config.meta.owner:ada', 'int_user_day daily [daily] [not] [relationships]'],
    ['a boolean config in capitals', 'config.enabled:TRUE,weekly', 'weekly [daily]'],
    ['a source', 'source:crm', 'accounts'],
    ['a table of a source', 'source:raw.events', 'events'],
    ['a table of a source with the project', 'source:shop.raw.*', 'events'],
    ['all foreign tables by pattern', 'source:*.accounts', 'accounts'],
    ['a resource type', 'resource_type:seed', 'countries'],
    ['a test type', 'test_type:singular', '[daily]'],
    ['a generic test by name', 'test_name:not_*', '[not]'],
    ['tests of a model of one type', 'daily,test_type:generic', '[not]'],
    ['a test with what it reads', '1+daily_adds_up', 'daily weekly [daily] [not]'],
    ['a pattern that fits nothing selects nothing', 'nothing_like_*', ''],
    ['a tag pattern that fits nothing selects nothing', 'tag:zzz*', ''],
    ['a word of a closed vocabulary may select nothing', 'resource_type:source,daily', ''],
  ])('%s: %s', (_, text, expected) => {
    expect(selected(text)).toBe(expected);
  });

  test('excluded nodes take their tests with them', () => {
    expect(selected('marts', ['weekly'])).toBe('daily [not]');
    expect(selected('+daily', ['staging', 'source:* resource_type:generated_seed'])).toBe(
      'countries int_user_day daily [daily] [not]',
    );
  });

  test('an exclude without a select takes away from everything', () => {
    const { names } = trySelect({ exclude: ['*'] });
    expect(names).toEqual(['accounts']);
  });

  test('repeated flags unite', () => {
    expect(trySelect({ select: ['weekly', 'countries'] }).names).toEqual([
      'countries',
      'weekly',
      'daily_adds_up',
    ]);
  });

  test('resource types narrow the result', () => {
    expect(trySelect({ select: ['marts'], resourceTypes: ['model'] }).names).toEqual(['daily', 'weekly']);
  });

  test.each([
    ['dialy', 'SEL-006', '--select:1:1 No node is named "dialy".', 'Did you mean "daily"?'],
    [
      'weekly  tag:nightlly',
      'SEL-006',
      '--select:1:9 No node matches "tag:nightlly".',
      'Did you mean "nightly"?',
    ],
    [
      'models/mart',
      'SEL-006',
      '--select:1:1 No node matches "path:models/mart".',
      'Did you mean "models/marts"?',
    ],
    [
      'config.materialized:tabel',
      'SEL-006',
      '--select:1:1 No node matches "config.materialized:tabel".',
      'Did you mean "table"?',
    ],
    [
      'source:raw.event',
      'SEL-006',
      '--select:1:1 No node matches "source:raw.event".',
      'Did you mean "raw.events"?',
    ],
    ['crm', 'SEL-006', '--select:1:1 No node is named "crm".', 'List what there is with: model ls'],
    ['tagg:nightly', 'SEL-003', '--select:1:1 There is no selector method "tagg".', 'Did you mean "tag"?'],
    [
      'config:table',
      'SEL-004',
      '--select:1:1 Selector method "config" needs an argument.',
      'Write "config.materialized:table".',
    ],
    ['tag.x:core', 'SEL-004', '--select:1:1 Selector method "tag" takes no argument.', 'Write "tag:value".'],
    ['resource_type:modle', 'SEL-005', '--select:1:1 "modle" is no resource_type.', 'Did you mean "model"?'],
    ['@daily+', 'SEL-002', '--select:1:1 "@daily+" combines "@" in front with "+" at the end.', undefined],
    ['daily,,weekly', 'SEL-001', '--select:1:1 "daily,,weekly" is not a selector.', undefined],
    ['weekly daily,', 'SEL-001', '--select:1:8 "daily," is not a selector.', undefined],
    ['tag:', 'SEL-001', '--select:1:1 "tag:" is not a selector.', undefined],
    ['++daily', 'SEL-001', '--select:1:1 "++daily" is not a selector.', undefined],
    ['+', 'SEL-001', '--select:1:1 "+" is not a selector.', undefined],
    ['@', 'SEL-001', '--select:1:1 "@" is not a selector.', undefined],
    ['  ', 'SEL-001', '--select:1:1 The selector is empty.', undefined],
  ])('"%s" is refused with %s', (text, code, message, hint) => {
    const { found } = trySelect({ select: [text] });
    const [first] = found;
    expect(found).toHaveLength(1);
    const { span } = first ?? {};
    expect(first?.code).toBe(code);
    expect(`${span?.source.path}:${span?.start.line}:${span?.start.column} ${first?.message}`).toBe(message);
    if (hint !== undefined) expect(first?.hint).toBe(hint);
    expect(first?.severity).toBe('error');
  });

  test('all mistakes are reported at once, those of --exclude too', () => {
    const { found } = trySelect({ select: ['dialy', 'tagg:x'], exclude: ['wekly'] });
    expect(found.map((diagnostic) => `${diagnostic.span?.source.path} ${diagnostic.code}`)).toEqual([
      '--select SEL-006',
      '--select SEL-003',
      '--exclude SEL-006',
    ]);
  });
});

describe('the algebra of selection', () => {
  const projectAndNames = layeredProject.chain((nodes) => {
    const name = fc.constantFrom(
      ...nodes.filter((node) => node.resourceType === 'model').map((node) => node.name),
    );
    const atom = fc.oneof(
      name,
      name.map((n) => `+${n}`),
      name.map((n) => `${n}+`),
      fc.tuple(fc.nat({ max: 3 }), name).map(([depth, n]) => `${depth}+${n}`),
      name.map((n) => `@${n}`),
      fc.constantFrom('m*', 'm?', 'tag:n*', 'tag:[ch]*', 'test_type:generic'),
    );
    return fc.record({ dag: fc.constant(dagOf(nodes)), name, a: atom, b: atom, depth: fc.nat({ max: 4 }) });
  });
  const pick = (dag: Dag, select: string[], exclude: string[] = []) =>
    trySelect({ select, exclude }, dag).selection.nodes;
  const sorted = (ids: Iterable<string>) => [...new Set(ids)].sort();

  test('a+ is a, its descendants, and nothing else', () => {
    fc.assert(
      fc.property(projectAndNames, ({ dag, name }) => {
        const id = `model.shop.${name}`;
        expect(sorted(pick(dag, [`${name}+`]))).toEqual(sorted([id, ...dag.descendants(id)]));
      }),
    );
  });

  test('+a is a, its ancestors, and the tests that read one of them', () => {
    fc.assert(
      fc.property(projectAndNames, ({ dag, name }) => {
        const id = `model.shop.${name}`;
        const upstream = [id, ...dag.ancestors(id)];
        const tests = upstream
          .flatMap((node) => dag.children(node))
          .filter((child) => child.startsWith('test.'));
        expect(sorted(pick(dag, [`+${name}`]))).toEqual(sorted([...upstream, ...tests]));
      }),
    );
  });

  test('@a is closed upstream and holds a+', () => {
    fc.assert(
      fc.property(projectAndNames, ({ dag, name }) => {
        const all = pick(dag, [`@${name}`]);
        const untested = [...all].filter((id) => !id.startsWith('test.'));
        for (const id of pick(dag, [`${name}+`])) expect(all).toContain(id);
        for (const id of untested) for (const parent of dag.parents(id)) expect(all).toContain(parent);
      }),
    );
  });

  test('a limit on steps only takes away, and each step more only adds', () => {
    fc.assert(
      fc.property(projectAndNames, ({ dag, name, depth }) => {
        const some = pick(dag, [`${depth}+${name}+${depth}`]);
        const more = pick(dag, [`${depth + 1}+${name}+${depth + 1}`]);
        const all = pick(dag, [`+${name}+`]);
        for (const id of some) expect(more).toContain(id);
        for (const id of more) expect(all).toContain(id);
      }),
    );
  });

  test('union, intersection and exclusion are those of sets', () => {
    fc.assert(
      fc.property(projectAndNames, ({ dag, a, b }) => {
        const [inA, inB] = [pick(dag, [a]), pick(dag, [b])];
        expect(sorted(pick(dag, [`${a} ${b}`]))).toEqual(sorted([...inA, ...inB]));
        expect(sorted(pick(dag, [a, b]))).toEqual(sorted([...inA, ...inB]));
        expect(sorted(pick(dag, [`${a},${b}`]))).toEqual(sorted([...inA].filter((id) => inB.has(id))));
        expect(sorted(pick(dag, [a], [b]))).toEqual(sorted([...inA].filter((id) => !inB.has(id))));
        expect([...pick(dag, [a], [a])]).toEqual([]);
      }),
    );
  });

  test('every selection is in topological order', () => {
    fc.assert(
      fc.property(projectAndNames, ({ dag, a, b }) => {
        const nodes = pick(dag, [a, b]);
        expect([...nodes]).toEqual(dag.order.filter((id) => nodes.has(id)));
      }),
    );
  });
});
