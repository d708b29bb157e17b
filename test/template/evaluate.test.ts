import { describe, expect, test } from 'vitest';
import { formatPlace } from '../../src/diagnostic/span.ts';
import { helperFromFunction } from '../../src/template/macro-function.ts';
import { run, type TestSettings } from './test-context.ts';

const MODEL = `{{config materialized="table" publish="table" sortkey="activity_date"}}

select
  activity_date,
  {{cents "amount"}} as amount,
  {{cents "fee" scale=4}} as fee
from {{ref "int_user_day"}}
  {{!-- only whole days --}}
where activity_date <= {{date (var "as_of_date")}}
{{#if (is_incremental)}}
  and activity_date >= (select max(activity_date) from {{self}})
{{/if}}
  {{#if false}} and never {{/if}}

  {{#each (list "a" "b") as |kind index|}}
  and {{kind}}_{{index}} is not null
  {{/each}}
group by 1
`;

const CENTS = '{{#macro "cents" scale=2 as |column scale|}} round({{column}} / 100.0, {{scale}}) {{/macro}}';

test('a model reads as if typed: no blank line that a tag left behind', () => {
  const settings = { macros: CENTS, variables: { as_of_date: '2025-12-31' } };
  expect(text(MODEL, settings)).toBe(`select
  activity_date,
  round(amount / 100.0, 2) as amount,
  round(fee / 100.0, 4) as fee
from <int_user_day>
where activity_date <= date '2025-12-31'

  and a_0 is not null
  and b_1 is not null
group by 1
`);
});

describe('a blank line', () => {
  test.each([
    ['stays where its line holds no tag', 'a\n\nb{{concat ""}}', 'a\n\nb'],
    ['goes where a tag printed nothing', 'a\n{{concat ""}}\nb', 'a\nb'],
    ['goes with the white space beside the tag', 'a\n  {{concat ""}}  \nb', 'a\nb'],
    ['goes where a false branch stood', 'a\n  {{#if false}} x {{/if}}\nb', 'a\nb'],
    ['goes at the end of the file', 'a\n  {{#if false}} x {{/if}}', 'a\n'],
    ['goes at the start of the file', '{{config a=1}}\n\n\nselect', 'select'],
    ['stays inside text that a tag printed', 'a\n{{concat "x\n\ny"}}\nb', 'a\nx\n\ny\nb'],
    ['goes behind a tag of several lines', 'a\n{{config\n  a=1\n}}\nb', 'a\nb'],
    ['stays behind a tag alone on its line', 'a\n{{#if true}}\nb\n{{/if}}\n\nc', 'a\nb\n\nc'],
    ['ends with CRLF as well', 'a\r\n {{concat ""}}\r\nb', 'a\r\nb'],
  ])('%s', (_, template, expected) => {
    expect(text(template)).toBe(expected);
  });
});

describe('helpers', () => {
  test.each([
    ['from {{source "raw" "daily_dump"}}', 'from <raw.daily_dump>'],
    ['{{literal "it\'s"}} {{literal 1.5}} {{literal true}} {{literal null}}', "'it''s' 1.5 true null"],
    ['in ({{join (literal (list "a" 1))}})', "in ('a', 1)"],
    ['{{timestamp "2025-01-31T08:30"}}', "timestamp '2025-01-31 08:30:00'"],
    ['{{var "missing" 3}}{{env_var "REGION"}}{{env_var "X" "y"}}', '3euy'],
    ['{{target "name"}}', 'dev'],
    [
      '{{#if (and (gt 2 1) (gte 2 2) (lt "a" "b") (lte 1 1) (ne 1 "1") (not (or false 0)))}}yes{{/if}}',
      'yes',
    ],
    ['{{join (range 1 3) "+"}}', '1+2+3'],
    ['{{upper (replace (lower "A-B") "-" "$&")}}', 'A$&B'],
    ['{{concat "a" 1 (ref "m")}}', 'a1<m>'],
    ['{{#with (var "row") as |r|}}{{r.id}}{{id}}{{this.list.[1]}}{{list.length}}{{/with}}', '7782'],
    ['{{#each (var "row")}}{{@key}}{{#if @last}}.{{else}},{{/if}}{{/each}}', 'id,list.'],
    ['{{{{raw}}}}{{x}}{{{{/raw}}}} \\{{y}}', '{{x}} {{y}}'],
  ])('%s', (template, expected) => {
    expect(text(template, { variables: { row: { id: 7, list: [8, 8] } } })).toBe(expected);
  });

  test('a var may be null, and its default does not stand in for it', () => {
    expect(text('{{literal (var "x" 1)}}', { variables: { x: null } })).toBe('null');
  });
});

describe('macros', () => {
  test('a body for the engine goes before the one for all', () => {
    const macros = `
      {{#macro "now"}}general{{/macro}}
      {{#macro "now" adapter="duckdb"}}own{{/macro}}
      {{#macro "now" adapter="redshift"}}other{{/macro}}`;
    expect(text('{{now}}', { macros })).toBe('own');
  });

  test('a macro calls others, and its text is a value', () => {
    const macros = `${CENTS}{{#macro "both" as |a b|}}\n  {{cents a}} +\n  {{cents b scale=0}}\n{{/macro}}`;
    expect(text('{{both "x" "y"}}', { macros })).toBe('round(x / 100.0, 2) +\n  round(y / 100.0, 0)');
    expect(text('{{upper (cents "x")}}', { macros })).toBe('ROUND(X / 100.0, 2)');
  });

  test('a macro does not see the names of its caller', () => {
    const macros = '{{#macro "m" as |a|}}{{a}}{{outer}}{{/macro}}';
    const { diagnostics } = run('{{#each (list 1) as |outer|}}{{m outer}}{{/each}}', { macros });
    expect(diagnostics.map(({ code }) => code)).toEqual(['TPL-023']);
  });

  test('a mistake inside a macro is shown there, with the calls that led to it', () => {
    const macros = '{{#macro "outer"}}{{inner}}{{/macro}}\n{{#macro "inner"}}{{date 1}}{{/macro}}';
    const [mistake] = run('select\n  {{outer}}', { macros }).diagnostics;
    expect(mistake?.span && formatPlace(mistake.span)).toBe('macros/test.sql:2:26');
    expect(mistake?.related?.map(({ message, span }) => `${message} ${formatPlace(span)}`)).toEqual([
      'macro "inner" is called here macros/test.sql:1:19',
      'macro "outer" is called here models/test.sql:2:3',
    ]);
  });

  test('a macro that calls itself without end is stopped', () => {
    const macros = '{{#macro "loop" as |n|}}{{loop n}}{{/macro}}';
    const [mistake, ...more] = run('{{loop 1}}', { macros }).diagnostics;
    expect(mistake?.code).toBe('TPL-074');
    expect(mistake?.related).toHaveLength(8);
    expect(more).toEqual([]);
  });

  test('a macro may call itself in a branch that is not always taken', () => {
    const macros =
      '{{#macro "dots" as |s|}}{{s}}{{#unless (eq s "...")}},{{dots (concat s ".")}}{{/unless}}{{/macro}}';
    expect(text('{{dots "."}}', { macros })).toBe('.,..,...');
  });

  test('a TypeScript function is called with values, and its result is checked', () => {
    const functions = [
      helperFromFunction('twice', (value: string, times = 2) => value.repeat(times), 'Repeats.'),
      helperFromFunction('late', async () => 'x', 'Waits.'),
      helperFromFunction('broken', () => JSON.parse('{'), 'Throws.'),
    ];
    expect(text('{{twice "ab"}} {{twice "ab" 3}}', { functions })).toBe('abab ababab');
    const codes = (template: string) => run(template, { functions }).diagnostics.map(({ code }) => code);
    expect(codes('{{twice}}')).toEqual(['TPL-041']);
    expect(codes('{{late}}')).toEqual(['TPL-072']);
    expect(codes('{{broken}}')).toEqual(['TPL-073']);
  });
});

describe('the source map', () => {
  const macros = '{{#macro "wide" as |column|}}\n  case when {{column}}\n  then 1 end\n{{/macro}}';
  const { text: output, map } = run('{{config a=1}}\n\nselect {{wide "x"}}\nfrom {{ref "m"}} as m', {
    macros,
  });
  const trace = (found: string) => {
    const origin = map?.originAt(output.indexOf(found));
    return (
      origin && [
        formatPlace(origin.span),
        ...origin.stack.map((each) => `${each.macro} ${formatPlace(each.span)}`),
      ]
    );
  };

  test('leads from copied text to its line and column', () => {
    expect(output).toBe('select case when x\n  then 1 end\nfrom <m> as m');
    expect(trace('select')).toEqual(['models/test.sql:3:1']);
  });

  test('leads from printed text to its tag', () => {
    expect(trace('<m>')).toEqual(['models/test.sql:4:6']);
  });

  test('leads through macros, with the calls', () => {
    expect(trace('then')).toEqual(['macros/test.sql:3:3', 'wide models/test.sql:3:8']);
    expect(trace('x\n')).toEqual(['macros/test.sql:2:13', 'wide models/test.sql:3:8']);
  });

  test('gives the end of the text to its last part, and nothing beyond', () => {
    expect(map?.originAt(-1)).toBeUndefined();
    expect(map?.originAt(1000)).toBeUndefined();
  });
});

function text(template: string, settings: TestSettings = {}): string {
  const { text: output, diagnostics } = run(template, settings);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return output;
}
