import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { formatPlace } from '../../src/diagnostic/span.ts';
import { parseMacroFile } from '../../src/template/macro-file.ts';
import { macroLibrary } from '../../src/template/macro-library.ts';
import { parseTemplate } from '../../src/template/parse-template.ts';
import { readTemplate } from '../../src/template/reading.ts';
import { referencesThroughMacros } from '../../src/template/reference-closure.ts';

describe('reading a template without running it', () => {
  test('finds references with their places, also in false branches and as arguments', () => {
    const { references } = read(
      'select *\nfrom {{ref "a"}}\n{{#if false}}{{#each (list (source "raw" "b")) as |r|}}{{r}}{{/each}}{{/if}}',
    );
    expect(references.map(({ span, ...reference }) => ({ ...reference, at: formatPlace(span) }))).toEqual([
      { kind: 'ref', name: 'a', at: 'm.sql:2:6' },
      { kind: 'source', source: 'raw', table: 'b', at: 'm.sql:3:28' },
    ]);
  });

  test('takes config as literals and lists, each with its place', () => {
    const { config } = read(
      '{{config materialized="table" tags=(list "a" "b") enabled=true limit=3 alias=null}}',
    );
    expect(
      Object.entries(config ?? {}).map(([key, { value, span }]) => [key, value, span.start.column]),
    ).toEqual([
      ['materialized', 'table', 23],
      ['tags', ['a', 'b'], 36],
      ['enabled', true, 59],
      ['limit', 3, 70],
      ['alias', null, 78],
    ]);
  });

  test('tells a template without config from one with an empty config', () => {
    expect(read('select 1').config).toBeUndefined();
    expect(read('{{config}}').config).toEqual({});
  });

  test('names vars and calls, and takes no parameter for a call', () => {
    const { variables, calls } = read(
      '{{#each (var "plans") as |plan|}}{{plan}}{{cents plan}}{{/each}}{{now}}',
    );
    expect(variables.map(({ name }) => name)).toEqual(['plans']);
    expect(calls.map(({ name }) => name)).toEqual(['var', 'cents', 'now']);
  });
});

describe('references through macros', () => {
  const macros = `
{{#macro "outer" as |x|}}{{inner}} {{x}} {{ref "own"}}{{/macro}}
{{#macro "inner"}}{{#if false}}{{source "raw" "t"}}{{/if}}{{outer 1}}{{/macro}}
{{#macro "inner" adapter="redshift"}}{{ref "only_there"}}{{/macro}}`;

  test('stand at the call in the template, and lead to the place in the macro', () => {
    const found = through('{{ref "a"}}\n{{outer (ref "b")}}', 'duckdb');
    expect(found).toEqual([
      'ref a m.sql:1:1',
      'ref b m.sql:2:9',
      'ref own m.sql:2:1 < macros/x.sql:2:42',
      'source t m.sql:2:1 < macros/x.sql:2:26 < macros/x.sql:3:32',
    ]);
  });

  test('are those of the body for the engine', () => {
    expect(through('{{inner}}', 'redshift')).toEqual(['ref only_there m.sql:1:1 < macros/x.sql:4:38']);
  });

  function through(text: string, adapter: string): string[] {
    const library = macroLibrary(
      parseMacroFile({ path: 'macros/x.sql', text: macros }, refuse),
      [],
      [],
      refuse,
    );
    return referencesThroughMacros(read(text), library, adapter).map((reference) => {
      const name = reference.kind === 'ref' ? reference.name : reference.table;
      const places = [reference.span, ...(reference.related ?? []).map(({ span }) => span)].map(formatPlace);
      return `${reference.kind} ${name} ${places.join(' < ')}`;
    });
  }
});

describe('a macro file', () => {
  test.each([
    ['select 1', 'TPL-080 1:1'],
    ['{{!-- fine --}}\n\n  x\n{{#macro "a"}}1{{/macro}}', 'TPL-080 3:3'],
    ['{{cents 1}}', 'TPL-080 1:1'],
    ['{{#macro}}1{{/macro}}', 'TPL-081 1:1'],
    ['{{#macro "a b"}}1{{/macro}}', 'TPL-081 1:1'],
    ['{{#macro "a"}}1{{/macro}}\n{{#macro "a"}}2{{/macro}}', 'TPL-082 2:1'],
    ['{{#macro "ref"}}1{{/macro}}', 'TPL-083 1:1'],
    ['{{#macro "each"}}1{{/macro}}', 'TPL-083 1:1'],
    ['{{#macro "in_code"}}1{{/macro}}', 'TPL-084 1:1'],
    ['{{#macro "a" scal=1 as |scale|}}{{scale}}{{/macro}}', 'TPL-086 1:14'],
    ['{{#macro "a" x=(ref "b") as |x|}}{{x}}{{/macro}}', 'TPL-087 1:16'],
    ['{{#macro "a" x=1 as |x y|}}{{x}}{{y}}{{/macro}}', 'TPL-088 1:4'],
    ['{{#macro "a" as |x x|}}{{x}}{{/macro}}', 'TPL-089 1:4'],
    ['{{#macro "a" as |x|}}1{{/macro}}', 'TPL-090 1:1'],
    ['{{#macro "a"}}{{config x=1}}{{/macro}}', 'TPL-064 1:15'],
    ['{{#macro "a"}}{{ref x}}{{/macro}}', 'TPL-045 1:21'],
  ])('%j is refused at its place', (text, expected) => {
    const found: string[] = [];
    const report = ({ code, span }: Diagnostic) => {
      found.push(span === undefined ? code : `${code} ${span.start.line}:${span.start.column}`);
    };
    const functions = [{ name: 'in_code', doc: '', parameters: [], run: () => '' }];
    macroLibrary(parseMacroFile({ path: 'macros/x.sql', text }, report), functions, [], report);
    expect(found).toEqual([expected]);
  });
});

function read(text: string) {
  const template = parseTemplate({ path: 'm.sql', text }, refuse);
  if (template === undefined) throw new Error('not parsed');
  return readTemplate(template, refuse);
}

function refuse({ code, message }: Diagnostic): never {
  throw new Error(`${code} ${message}`);
}
