import { expect, test } from 'vitest';
import { formatPlace } from '../../src/diagnostic/span.ts';
import { run } from './test-context.ts';

const MACROS = `
{{#macro "cents" scale=2 as |column scale|}}round({{column}} / 100.0, {{scale}}){{/macro}}
{{#macro "only_redshift" adapter="redshift" as |x|}}{{x}}{{/macro}}
`;

/** A template, and its diagnostics as `CODE line:column message | hint`. */
const mistakes: readonly (readonly [template: string, ...diagnostics: string[]])[] = [
  // Grammar
  ['a {{#if true}} b', 'TPL-002 1:3 The block "if" is not closed. | Close it with {{/if}}.'],
  ['\n  {{ref "x"', 'TPL-003 2:3 The tag is not closed. | Close it with }}.'],
  [
    '{{#if true}}x{{/each}}',
    'TPL-004 1:17 {{/each}} closes nothing: the open block is "if". | Write {{/if}}.',
  ],
  ['a\n{{/if}}', 'TPL-001 2:1 "{{/" does not belong here. | No block is open here.'],
  [
    '{{else}}',
    'TPL-001 1:1 "{{else}}" does not belong here. | An else belongs inside #if, #unless, #each or #with.',
  ],
  [
    'from {{ ref("orders") }}',
    'TPL-001 1:9 "ref" does not belong here. | A call has its name and arguments side by side: {{ref "x"}}, as an argument (ref "x").',
  ],
  ['select 1\n\0', 'TPL-011 2:1 The template holds a NUL character. | Save the file as text in UTF-8.'],
  [
    "{{ config(materialized='table') }}",
    'TPL-001 1:4 "config" does not belong here. | A call has its name and arguments side by side: {{config materialized="table"}}.',
  ],
  [
    '{{concat "a}}',
    "TPL-001 1:10 '\"' does not belong here. | The text that begins here has no closing quote.",
  ],
  ['{{concat +3}}', 'TPL-001 1:10 "+" does not belong here. | A number is written 3, -3 or 0.5.'],
  ['{{concat .5}}', 'TPL-001 1:11 "5" does not belong here. | A number is written 3, -3 or 0.5.'],
  [
    '{{concat "a", "b"}}',
    'TPL-001 1:13 "," does not belong here. | Arguments are parted by blanks, not commas.',
  ],
  ['{{x | upper}}', 'TPL-001 1:5 "|" does not belong here. | A filter is a helper here: {{upper x}}.'],
  [
    '{{#if a == 1}}{{/if}}',
    'TPL-001 1:10 "=" does not belong here. | There are no operators: compare with (eq a b), (gt a b), (and a b).',
  ],
  [
    '{{concat a/../b}}',
    'TPL-005 1:10 "a/../b" is not a name. | Write the name alone, or property names joined by dots.',
  ],
  [
    'a \uE000',
    'TPL-006 1:3 The template holds one of the private-use characters U+E000 and U+E001, which stand for relations inside. | Remove the character.',
  ],
  [
    'x\n{% if y %}',
    'TPL-007 2:1 "{% if y %}" is a tag of Jinja, which would be sent to the warehouse as text. | Templates are Handlebars: {{#if (var "all_events")}} … {{/if}}, {{#each list as |item|}} … {{/each}}; macros and {{config …}} take no {% %}.',
  ],
  ['{{> part}}', 'TPL-008 1:1 Partials are not supported. | Write a macro, and call it: {{my_macro "x"}}.'],
  ['{{* deco}}', 'TPL-009 1:1 Decorators are not supported.'],
  [
    `{{concat ${'(concat '.repeat(150)}1${')'.repeat(150)}}}`,
    'TPL-010 1:810 The template is nested more than 100 levels deep. | Move the inner part into a macro.',
  ],
  // Names
  ['{{nope "x"}}', 'TPL-020 1:3 There is no helper or macro "nope".'],
  ['{{concat (uper "x")}}', 'TPL-020 1:11 There is no helper or macro "uper". | Did you mean "upper"?'],
  [
    '{{log "x"}}',
    'TPL-020 1:3 There is no helper or macro "log". | Templates print SQL only; look at the compiled file.',
  ],
  [
    '{{lookup "x" 1}}',
    'TPL-020 1:3 There is no helper or macro "lookup". | Write the property after a dot: item.name, or list.[0].',
  ],
  ['{{max_of (this) "day"}}', 'TPL-020 1:3 There is no helper or macro "max_of".'],
  [
    '{{concat (this)}}',
    'TPL-020 1:11 There is no helper or macro "this". | The relation that the model makes is {{self}}.',
  ],
  [
    '{{#if is_incremental}}x{{/if}}',
    'TPL-021 1:7 "is_incremental" is a helper, and is not called here. | Write (is_incremental).',
  ],
  ['{{date var}}', 'TPL-021 1:8 "var" is a helper, and is not called here. | Write (var).'],
  [
    '{{#if nothere}}x{{/if}}',
    'TPL-022 1:7 "nothere" is not a parameter that can be seen here. | Text needs quotes: "nothere", a var as (var "nothere").',
  ],
  [
    '{{date as_of_date}}',
    'TPL-022 1:8 "as_of_date" is not a parameter that can be seen here. | Text needs quotes: "as_of_date", a var as (var "as_of_date").',
  ],
  [
    '{{date 2025-12-31}}',
    'TPL-022 1:8 "2025-12-31" is not a parameter that can be seen here. | Text needs quotes: "2025-12-31".',
  ],
  [
    '{{concat 1_000}}',
    'TPL-022 1:10 "1_000" is not a parameter that can be seen here. | Write the number 1000, or text in quotes: "1_000".',
  ],
  [
    '{{concat 1e3}}',
    'TPL-022 1:10 "1e3" is not a parameter that can be seen here. | Write the number 1000, or text in quotes: "1e3".',
  ],
  [
    '{{#each (list 1) as |item|}}{{concat itm}}{{/each}}',
    'TPL-022 1:38 "itm" is not a parameter that can be seen here. | Did you mean "item"?',
  ],
  [
    '{{orders}}',
    'TPL-023 1:3 "orders" is neither a helper, a macro nor a parameter. | A var is printed by {{var "orders"}}, a macro by its name.',
  ],
  [
    '{{target.name}}',
    'TPL-023 1:3 "target.name" is neither a helper, a macro nor a parameter. | Write {{target "name"}}.',
  ],
  [
    '{{#each (list 1) as |date|}}{{date "2025-01-01"}}{{/each}}',
    'TPL-024 1:31 "date" is a parameter here, and takes no arguments. | Rename the parameter to reach the helper.',
  ],
  [
    '{{#each (var "rows") as |r|}}{{r.idd}}{{/each}}',
    'TPL-025 1:32 "a map" has no property "idd". | Did you mean "id"?',
  ],
  [
    'from {{this}}',
    'TPL-026 1:8 "this" is the item of #each or #with, and stands in none here. | The relation that the model makes is {{self}}, as an argument (self).',
  ],
  [
    '{{#each (list 1)}}{{../x}}{{/each}}',
    'TPL-027 1:21 "../x" reaches for an outer item. | Name the outer item: {{#each list as |item|}}.',
  ],
  [
    '{{@index}}',
    'TPL-028 1:3 "@index" means nothing here. | Inside #each there are @index, @key, @first and @last.',
  ],
  [
    '{{concat 9007199254740993}}',
    'TPL-029 1:10 The number 9007199254740993 would become 9007199254740992. | Write it as text: "9007199254740993".',
  ],
  ['{{concat 1.10}}', 'TPL-029 1:10 The number 1.10 would become 1.1. | Write it as text: "1.10".'],
  // Output
  [
    '{{eq 1 1}}',
    'TPL-030 1:1 The tag has true to print. | As SQL it is written {{literal …}}; to choose by it use {{#if …}}.',
  ],
  [
    '{{list "a" "b"}}',
    'TPL-030 1:1 The tag has a list to print. | Print its items: {{join list ", "}}, or {{#each list as |item|}}.',
  ],
  [
    '{{var "nothing"}}',
    'TPL-030 1:1 The tag has null to print. | As SQL it is written {{literal …}}; to choose by it use {{#if …}}.',
  ],
  [
    '{{#each (var "rows")}}{{this}}{{/each}}',
    'TPL-030 1:23 The tag has a map to print. | Print one of its properties, or loop over it with #each.',
  ],
  [
    '{{var "huge"}}',
    'TPL-030 1:1 The tag has the number 9007199254740992 to print. | Numbers are exact up to 2^53; write a larger one as text.',
  ],
  [
    '{{"text"}}',
    'TPL-031 1:3 A tag begins with the name of a helper, macro or parameter. | Write text outside the tag.',
  ],
  // Arguments
  ['{{echo text="a" text="b"}}', 'TPL-040 1:17 The argument "text" is given twice. | Take one out.'],
  ['{{cents "a" column="b"}}', 'TPL-040 1:13 The argument "column" is given twice. | Take one out.'],
  ['{{date}}', 'TPL-041 1:1 "date" lacks its argument "iso". | Usage: {{date iso}}'],
  ['{{cents}}', 'TPL-041 1:1 "cents" lacks its argument "column". | Usage: {{cents column [scale]}}'],
  ['{{upper "a" "b"}}', 'TPL-042 1:13 "upper" takes one argument. | Usage: {{upper text}}'],
  ['{{self "a"}}', 'TPL-042 1:8 "self" takes no arguments. | Usage: {{self}}'],
  ['{{cents "a" scal=4}}', 'TPL-043 1:13 "cents" has no argument "scal". | Did you mean "scale"?'],
  [
    '{{upper text="a"}}',
    'TPL-043 1:9 "upper" has no argument "text". | Usage: {{upper text}}',
    'TPL-041 1:1 "upper" lacks its argument "text". | Usage: {{upper text}}',
  ],
  [
    '{{date 20251231}}',
    'TPL-044 1:8 The argument "iso" of "date" must be text, and is the number 20251231. | Write it in quotes: "20251231".',
  ],
  [
    '{{join "a" ","}}',
    'TPL-044 1:8 The argument "list" of "join" must be a list, and is text. | Write (list "a" "b").',
  ],
  [
    '{{concat true}}',
    'TPL-044 1:10 The argument "parts" of "concat" must be SQL text, a number or a relation, and is true. | Write (literal true).',
  ],
  [
    '{{#each (list "a") as |x|}}{{ref x}}{{/each}}',
    'TPL-045 1:34 The name of "ref" must be text in quotes, so that it can be read without running the template. | Write {{ref "model"}}.',
  ],
  [
    '{{var (concat "a" "b") 1}}',
    'TPL-045 1:7 The name of "var" must be text in quotes, so that it can be read without running the template. | Write (var "as_of_date").',
  ],
  // Blocks
  ['{{#foo}}x{{/foo}}', 'TPL-050 1:4 There is no block "foo"; there are #if, #unless, #each and #with.'],
  [
    '{{#cents "a"}}x{{/cents}}',
    'TPL-050 1:4 There is no block "cents"; there are #if, #unless, #each and #with. | Call it as {{cents …}}.',
  ],
  ['{{#if true as |x|}}{{/if}}', 'TPL-051 1:4 #if gives no parameters to its block.'],
  [
    '{{#each "abc"}}{{/each}}',
    'TPL-052 1:9 #each needs a list or a map, and gets text. | A list is written (list "a" "b").',
  ],
  [
    '{{#if}}x{{/if}}',
    'TPL-041 1:4 "#if" lacks its argument "condition". | Usage: {{#if condition [includeZero=…]}}',
  ],
  // config
  [
    '{{#if true}}{{config a=1}}{{/if}}',
    'TPL-060 1:13 config may not stand inside a block: it is read without running the template. | Write it at the top of the file.',
  ],
  ['{{config a=1}}\n{{config b=1}}', 'TPL-061 2:1 The file has a second config. | Join the two.'],
  [
    '{{config a=(var "x" 1)}}',
    'TPL-062 1:12 config takes literals and lists of literals, and "a" is neither. | Write text, a number, true, false or (list "a" "b"); other values go in the properties file.',
  ],
  [
    '{{config "table"}}',
    'TPL-063 1:10 config takes named arguments only. | Write {{config materialized="table"}}.',
  ],
  [
    '{{concat (config a=1)}}',
    'TPL-065 1:10 config is a tag of its own, and gives no value. | Write {{config …}} at the top of the file.',
  ],
  [
    "select '--' -- don't\n-- from {{ref \"x\"}}",
    'TPL-066 2:9 This ref stands in an SQL comment and counts all the same: the model depends on it. | Comment tags out with {{!-- … --}}.',
  ],
  // Running
  [
    '{{var "as_of"}}',
    'TPL-070 1:1 There is no var "as_of". | Declare it under vars: in project.yml, or give a default: (var "as_of" "…").',
  ],
  ['{{var "row"}}', 'TPL-070 1:1 There is no var "row". | Did you mean "rows"?'],
  [
    '{{env_var "NOWHERE"}}',
    'TPL-071 1:1 The environment variable "NOWHERE" is not set. | Set it, or give a default: (env_var "NOWHERE" "…").',
  ],
  ['a\n {{date "2025-02-30"}}', 'TPL-072 2:2 date: "2025-02-30" is not a date. | Write it as 2025-12-31.'],
  [
    '{{timestamp "2025-01-01 25:00"}}',
    'TPL-072 1:1 timestamp: "2025-01-01 25:00" is not a timestamp. | Write it as 2025-12-31 23:59:59, in UTC.',
  ],
  [
    '{{target "schem"}}',
    'TPL-072 1:1 target: a target has no setting "schem" that templates may read. | Did you mean "schema"?',
  ],
  ['{{#if (gt 1 "a")}}{{/if}}', 'TPL-072 1:7 gt: it compares two numbers or two texts.'],
  [
    '{{join (range 1 100000)}}',
    'TPL-072 1:8 range: a range has at most 10000 numbers. | Rows of a query come from (date_spine …).',
  ],
  [
    '{{var "smuggled"}}',
    'TPL-072 1:1 var: the value holds a private-use character (U+E000 or U+E001). | Remove the character.',
  ],
  [
    `{{#each (range 1 9999)}}{{#each (range 1 9999)}}${'a'.repeat(500)}{{/each}}{{/each}}`,
    'TPL-075 1:49 The output is longer than 10000000 characters. | Shorten the loop that writes it.',
  ],
  [
    '{{only_redshift 1}}',
    'TPL-076 1:1 The macro "only_redshift" has no body for duckdb, only for redshift. | Write {{#macro "only_redshift" adapter="duckdb" …}}, or a body without adapter for all others.',
  ],
  [
    '{{#macro "x"}}{{/macro}}',
    'TPL-091 1:4 A macro cannot be defined here. | Define macros one after another in files under macros/, outside other blocks.',
  ],
];

const variables = {
  rows: [{ id: 1 }],
  nothing: null,
  huge: 2 ** 53,
  smuggled: ['\uE000model\uE001'],
};

for (const [template, ...expected] of mistakes) {
  const title = template.length > 60 ? `${template.slice(0, 60)}…` : template;
  test(`${title} is refused at its place with a hint`, () => {
    expect(diagnose(template).slice(0, expected.length)).toEqual(expected);
  });
}

test('all mistakes of a file are told at once, also those in branches that are not taken', () => {
  const template = '{{#if false}}\n{{nope 1}}\n{{else}}\n{{date 1}}\n{{/if}}\n{{upper}}';
  expect(places(template)).toEqual(['TPL-044 4:8', 'TPL-020 2:3', 'TPL-041 6:1']);
});

test('a tower of macros that would run for years is stopped, at the call that is one too many', () => {
  const storeys = Array.from({ length: 40 }, (_, i) => `{{#macro "m${i + 1}"}}{{m${i}}}{{m${i}}}{{/macro}}`);
  const macros = `{{#macro "m0"}}{{/macro}}${storeys.join('')}`;
  const { diagnostics } = run('select 1 {{m40}}', { macros });
  expect(diagnostics).toMatchObject([
    {
      code: 'TPL-092',
      message: 'The template takes more than 500000 steps.',
      span: { source: { path: 'macros/test.sql' } },
    },
  ]);
  expect(diagnostics[0]?.related?.at(-1)).toMatchObject({ span: { start: { line: 1, column: 10 } } });
});

test('a loop without output is stopped as well', () => {
  const loop = '{{#each (range 1 2000)}}{{#each (range 1 2000)}}{{#if false}}{{/if}}{{/each}}{{/each}}';
  expect(places(loop)).toEqual(['TPL-092 1:49']);
});

test('a mistake in a loop is told once', () => {
  expect(places('{{#each (list 1 2 3)}}{{date 1}}{{/each}}')).toEqual(['TPL-044 1:30']);
});

test('a mistake in an argument does not bring a second one about the call', () => {
  expect(places('{{date (upper (nope 1))}}')).toEqual(['TPL-020 1:16']);
});

function diagnose(template: string): string[] {
  return run(template, { variables, macros: MACROS }).diagnostics.map(({ code, span, message, hint }) => {
    const place = span === undefined ? '' : formatPlace(span).replace('models/test.sql:', '');
    return `${code} ${place} ${message}${hint === undefined ? '' : ` | ${hint}`}`;
  });
}

function places(template: string): string[] {
  return diagnose(template).map((line) => line.split(' ').slice(0, 2).join(' '));
}
