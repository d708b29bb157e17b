import fc from 'fast-check';
import Handlebars from 'handlebars';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import type { Span } from '../../src/diagnostic/span.ts';
import { evaluate } from '../../src/template/evaluate.ts';
import type { TemplateValue } from '../../src/template/helper.ts';
import { builtinHelpers } from '../../src/template/helper-set.ts';
import { parseTemplate } from '../../src/template/parse-template.ts';
import { testContext } from './test-context.ts';

const RUNS = process.env['MODEL_TEST_SIZE'] === 'full' ? 20_000 : 250;

const context = testContext({
  variables: {
    name: 'amount',
    words: ['a', 'b', 'c'],
    none: [],
    row: { id: 'x1', kind: 'pro', inner: { deep: 'd' } },
    pair: { id: 'x1', kind: 'pro' },
    rows: [
      { id: 'x1', kind: 'pro' },
      { id: 'x2', kind: 'free' },
    ],
    zero: 0,
    yes: true,
  },
});

describe('for templates that both accept, the output is that of Handlebars', () => {
  test('apart from blank lines that tags left behind', () => {
    fc.assert(
      fc.property(template, (text) => {
        const { text: ours } = render(text);
        const theirs = renderWithHandlebars(text);
        expect(ours.split('\n').filter(isFilled)).toEqual(theirs.split('\n').filter(isFilled));
        expect(isThinnedOut(ours.split('\n'), theirs.split('\n'))).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  test('to the character where no line can come out blank', () => {
    fc.assert(
      fc.property(fc.array(inline, { maxLength: 12 }), (parts) => {
        const text = `x${parts.join('')}x`;
        expect(render(text).text).toBe(renderWithHandlebars(text));
      }),
      { numRuns: RUNS },
    );
  });
});

/** Two rules strip the line break, and Handlebars then says that none did. */
const STRIPPED_TWICE =
  '{{#unless true}}{{^}}{{#if false}}{{else if true~}}\nselect 1{{else}}c{{/if}}{{/unless}}';

test('the output is traced to the text it was copied from, or to the tag that printed it', () => {
  fc.assert(
    fc.property(template, (text) => {
      const { text: output, map } = render(text);
      for (let offset = 0; offset < output.length; offset += 1 + Math.floor(output.length / 500)) {
        const origin = map.originAt(offset);
        const written = origin === undefined ? '' : text.slice(offsetOf(origin.span, text));
        const tagged = written.startsWith('{{') && !written.startsWith('{{x}}');
        expect(tagged || written[0] === output[offset], `${offset} of ${JSON.stringify(output)}`).toBe(true);
      }
    }),
    { numRuns: RUNS, examples: [[STRIPPED_TWICE]] },
  );
});

/** Templates by a grammar that stays inside what both accept. */
const whiteSpace = fc.constantFrom('\n', '\n\n', ' ', '  ', '\t', '\r\n', '\n  ', ' \n');
const word = fc.constantFrom('select 1', 'a', ',', "'it''s'", ' } ', ' { ', '"q"', '<b>', '&');
const tilde = fc.constantFrom('', '', '', '~');
const value = fc.constantFrom(
  '"text"',
  "'single'",
  '"say \\"x\\""',
  '12',
  '-1.5',
  '(upper "up")',
  '(var "name")',
  '(concat "a" 1 "b")',
  '(join (var "words") "+")',
);
const printing = fc.oneof(
  value.map((argument) => `concat ${argument}`),
  fc.tuple(value, value).map(([a, b]) => `concat ${a} (concat ${b})`),
  fc.constantFrom('var "name"', 'join (list "a" "b") " "', 'echo text="named"', 'echo text=(upper "x")'),
);
const mustache = fc
  .tuple(fc.constantFrom('{{', '{{{', '{{&'), tilde, printing, tilde)
  .map(([open, left, call, right]) =>
    open === '{{{' ? `{{${left}{${call}}${right}}}` : `{{${left}${open.slice(2)}${call}${right}}}`,
  );
const comment = fc.constantFrom('{{! a note }}', '{{!-- }} --}}', '{{~! note ~}}');
const escaped = fc.constantFrom('\\{{x}}', '\\\\{{concat "s"}}');
const raw = fc.constantFrom('{{{{raw}}}} {{x}} {{{{/raw}}}}', '{{{{raw}}}}\n{{#if}}\n{{{{/raw}}}}');
const condition = fc.constantFrom(
  'true',
  'false',
  '(eq 1 1)',
  '(not (var "yes"))',
  '(var "words")',
  '(var "none")',
  '(var "zero")',
  '(var "zero") includeZero=true',
  '(var "row")',
  '""',
);
const inline = fc.oneof(word, fc.constant(' '), mustache, comment, escaped);

const { template } = fc.letrec<{ template: string; part: string; block: string }>((tie) => ({
  template: fc.array(tie('part'), { maxLength: 7 }).map((parts) => parts.join('')),
  part: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    { arbitrary: whiteSpace, weight: 3 },
    { arbitrary: word, weight: 3 },
    { arbitrary: mustache, weight: 2 },
    comment,
    escaped,
    raw,
    { arbitrary: tie('block'), weight: 4 },
  ),
  block: fc
    .tuple(tie('template'), tie('template'), tilde, tilde, tilde, tilde, condition, condition, fc.nat(9))
    .map(([a, b, t1, t2, t3, t4, first, second, kind]) => {
      const end = (name: string) => `{{${t3}/${name}${t4}}}`;
      switch (kind) {
        case 0:
          return `{{${t1}#if ${first}${t2}}}${a}${end('if')}`;
        case 1:
          return `{{${t1}#if ${first}${t2}}}${a}{{${t4}else${t3}}}${b}${end('if')}`;
        case 2:
          return `{{${t1}#if ${first}}}${a}{{else if ${second}${t2}}}${b}{{else}}c${end('if')}`;
        case 3:
          return `{{${t1}#unless ${first}${t2}}}${a}{{^}}${b}${end('unless')}`;
        case 4:
          return `{{${t1}#each (var "words") as |w i|${t2}}}${a}{{w}}{{i}}{{@index}}${b}${end('each')}`;
        case 5:
          return `{{#each (var "none")}}${a}{{this}}{{else}}${b}${end('each')}`;
        case 6:
          return `{{#each (var "rows")${t2}}}${a}{{id}}{{#if @first}}{{this.kind}}{{/if}}{{#unless @last}},{{/unless}}${end('each')}`;
        case 7:
          return `{{#with (var "row") as |r|${t2}}}${a}{{r.id}}{{inner.deep}}${end('with')}`;
        case 8:
          return `{{#each (var "pair") as |v k|}}{{k}}{{@key}}{{#if (eq k "id")}}${a}{{else}}{{v}}{{/if}}${end('each')}`;
        default:
          return `{{${t1}^if ${first}${t2}}}${a}${end('if')}`;
      }
    }),
}));

function render(text: string) {
  const found: Diagnostic[] = [];
  const parsed = parseTemplate({ path: 'model.sql', text }, (diagnostic) => found.push(diagnostic));
  if (parsed === undefined) throw new Error(found.map((diagnostic) => diagnostic.message).join('\n'));
  const rendered = evaluate(parsed, context, (diagnostic) => found.push(diagnostic));
  expect(found).toEqual([]);
  return rendered;
}

function renderWithHandlebars(text: string): string {
  const handlebars = Handlebars.create();
  for (const name of ['list', 'concat', 'upper', 'eq', 'not', 'join', 'var']) {
    const helper = builtinHelpers.find((each) => each.name === name);
    handlebars.registerHelper(name, (...args: unknown[]) => {
      const positional = args.slice(0, -1) as TemplateValue[];
      return helper?.run({ positional, named: {}, span: ANYWHERE }, context);
    });
  }
  handlebars.registerHelper('echo', (options: Handlebars.HelperOptions) => options.hash['text']);
  handlebars.registerHelper('raw', (options: Handlebars.HelperOptions) => options.fn({}));
  return handlebars.compile(text, { noEscape: true })({});
}

const ANYWHERE: Span = {
  source: { path: '', text: '' },
  start: { line: 1, column: 1 },
  end: { line: 1, column: 1 },
};

function isFilled(line: string): boolean {
  return line.trim() !== '';
}

/** Whether some lines are others with blank ones taken out. */
function isThinnedOut(lines: readonly string[], all: readonly string[]): boolean {
  let next = 0;
  for (const line of all) {
    if (next < lines.length && line === lines[next]) next++;
    else if (isFilled(line)) return false;
  }
  return next === lines.length || (next === lines.length - 1 && lines[next] === '');
}

function offsetOf({ start }: Span, text: string): number {
  const before = text.split('\n').slice(0, start.line - 1);
  return before.reduce((sum, line) => sum + line.length + 1, 0) + start.column - 1;
}
