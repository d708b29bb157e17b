import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { modelHere as model } from '../support/program-here.ts';
import { toldDiagnostics } from '../support/told-diagnostic.ts';
import { type Files, PROJECT_YML, useBuiltShop } from './shop.ts';

const copyOfShop = useBuiltShop();

interface BadProject {
  readonly files: Files;
  /** `CODE place` of every error, in any order. */
  readonly told: readonly string[];
  /** Words that must stand in the messages and the advice. */
  readonly saying: readonly string[];
}

const BAD_PROJECTS: Readonly<Record<string, BadProject>> = {
  'Unknown keys of project.yml': {
    files: { 'project.yml': `${PROJECT_YML}modles: {}\nseads: {}\n` },
    told: ['YML-004 project.yml:6:1', 'YML-004 project.yml:7:1'],
    saying: ['Unknown key "modles".', 'Did you mean "models"?', 'Did you mean "seeds"?'],
  },
  'Unknown keys of properties, columns and sources': {
    files: {
      'models/a.yml':
        'models:\n  - name: totals\n    descripton: x\n    columns: [{ name: amount, tpye: x }]\nsorces: []\n',
      'models/b.yml': 'sources:\n  - name: raw\n    tabels: []\n',
    },
    told: [
      'YML-004 models/a.yml:3:5',
      'YML-004 models/a.yml:4:31',
      'YML-004 models/a.yml:5:1',
      'YML-004 models/b.yml:3:5',
      'YML-006 models/b.yml:2:5',
    ],
    saying: ['Did you mean "description"?', 'Did you mean "sources"?', 'Did you mean "tables"?'],
  },
  'A syntax error, a duplicate key and a bomb of anchors in YAML': {
    files: {
      'models/a.yml': 'models:\n  - name: [totals\n',
      'models/b.yml': 'models:\n  - name: totals\n    name: other\n',
      'models/c.yml': anchorBomb(),
    },
    told: ['YML-001 models/a.yml:3:1', 'YML-002 models/b.yml:3:5', 'YML-003 models/c.yml:5:36'],
    saying: ['This is not YAML', 'The key "name" stands here twice.', 'instead of nesting anchors'],
  },
  'References to models that do not exist': {
    files: {
      'models/a.sql': 'select *\nfrom {{ref "salez"}}\n',
      'models/b.sql': 'select * from {{ref "nothing_like_it"}}\n',
      'models/c.sql': 'select * from {{source "raw" "events"}}\n',
    },
    told: ['REF-001 models/a.sql:2:6', 'REF-001 models/b.sql:1:15', 'REF-003 models/c.sql:1:15'],
    saying: ['There is no model or seed "salez".', 'Did you mean "sales"?'],
  },
  'A reference to a disabled model': {
    files: {
      'models/a.sql': 'select * from {{ref "off"}}\n',
      'models/off.sql': '{{config enabled=false}}\nselect 1 as x\n',
    },
    told: ['REF-002 models/a.sql:1:15'],
    saying: ['"off" is disabled.', 'models/off.sql:1:18'],
  },
  'Two models of one name, also after folding and cutting': {
    files: {
      'models/other/sales.sql': 'select 1 as x\n',
      'models/Totals.sql': 'select 1 as x\n',
      [`models/${'m'.repeat(63)}_one.sql`]: 'select 1 as x\n',
      [`models/${'m'.repeat(63)}_two.sql`]: 'select 1 as x\n',
    },
    told: [
      'CFG-002 models/sales.sql:1:1',
      'CFG-003 models/totals.sql:1:1',
      `CFG-003 models/${'m'.repeat(63)}_two.sql:1:1`,
    ],
    saying: ['There are two models or seeds "sales".', 'would be published under one name', 'Rename one'],
  },
  'A cycle, with the place of every reference': {
    files: {
      'models/a.sql': 'select * from {{ref "b"}}\n',
      'models/b.sql': 'select *\nfrom {{ref "c"}}\n',
      'models/c.sql': 'select * from {{ref "a"}}\n',
    },
    told: ['GRA-001 models/a.sql:1:15'],
    saying: ['a → b → c → a', 'models/b.sql:2:6  "b" refers to "c"', 'models/c.sql:1:15  "c" refers to "a"'],
  },
  'Blocks and tags that are not closed, and Jinja': {
    files: {
      'models/a.sql': 'select {{#if true}} 1 as x\n',
      'models/b.sql': 'select {{var "day"\n',
      'models/c.sql': 'select {% if x %} 1 {% endif %}\n',
    },
    told: [
      'TPL-002 models/a.sql:1:8',
      'TPL-003 models/b.sql:1:8',
      'TPL-007 models/c.sql:1:8',
      'TPL-007 models/c.sql:1:21',
    ],
    saying: ['Close it with {{/if}}.', 'Close it with }}.'],
  },
  'Unknown helpers, wrong arities and bare names': {
    files: {
      'models/a.sql': 'select {{date_trunk "day" "x"}} as x\n',
      'models/b.sql': 'select {{dateadd "day" 1}} as x\n',
      'models/c.sql': 'select {{date var}} as x\n',
      'models/d.sql': 'select {{date day}} as x\n',
    },
    told: [
      'TPL-020 models/a.sql:1:10',
      'TPL-041 models/b.sql:1:8',
      'TPL-021 models/c.sql:1:15',
      'TPL-022 models/d.sql:1:15',
    ],
    saying: [
      'Did you mean "date_trunc"?',
      'lacks its argument "moment"',
      'Write (var).',
      'Text needs quotes: "day"',
    ],
  },
  'Missing variables of the project and of the environment, in a macro too': {
    files: {
      'macros/money.sql':
        '{{#macro "rate" as |column|}}\n{{column}} * {{literal (var "rate")}}\n{{/macro}}\n{{#macro "euros" as |column|}}\n{{rate column}}\n{{/macro}}\n',
      'models/a.sql': 'select {{literal (var "dya")}} as x, {{literal (env_var "NOPE")}} as y\n',
      'models/b.sql': 'select\n  {{euros "amount"}} as amount\nfrom {{ref "sales"}}\n',
    },
    told: ['TPL-070 models/a.sql:1:18', 'TPL-071 models/a.sql:1:48', 'TPL-070 macros/money.sql:2:24'],
    saying: [
      'There is no var "dya".',
      'Did you mean "day"?',
      'The environment variable "NOPE" is not set.',
      'macros/money.sql:5:1  macro "rate" is called here',
      'models/b.sql:2:3  macro "euros" is called here',
    ],
  },
  'A missing variable of the environment in a target': {
    files: {
      'project.yml': PROJECT_YML.replace('dev.duckdb', `'{{env_var "SHOP_PATH"}}'`),
    },
    told: ['PRJ-009 project.yml:5:33'],
    saying: ['SHOP_PATH', 'give a default'],
  },
  'Relations and files named outside ref and source': {
    files: {
      'models/a.sql': "select *\nfrom analytics.sales\njoin read_csv('x.csv') on true\n",
      'models/b.sql': 'select * from elsewhere.sheet\n',
    },
    told: ['CMP-005 models/a.sql:2:6', 'CMP-007 models/a.sql:3:6', 'CMP-005 models/b.sql:1:15'],
    saying: ['"analytics.sales" is named outside ref and source.', 'Write {{ref "sales"}}.'],
  },
  'Models that are empty, hold two statements, or are no query': {
    files: {
      'models/a.sql': '',
      'models/b.sql': 'select 1 as x;\nselect 2 as x\n',
      'models/c.sql': '-- nothing yet\n',
      'models/d.sql': 'delete from sales\n',
    },
    told: [
      'CMP-001 models/a.sql:1:1',
      'CMP-002 models/b.sql:2:1',
      'CMP-001 models/c.sql:1:1',
      'CMP-003 models/d.sql:1:1',
    ],
    saying: ['holds a second statement', 'is empty', 'is not a query'],
  },
  'Files that are not UTF-8': {
    files: {
      'models/a.sql': Buffer.from([0x73, 0x65, 0x6c, 0x0a, 0x20, 0xff, 0xfe]),
      'models/b.yml': Buffer.from([0x6d, 0xe9]),
    },
    told: ['PRJ-003 models/a.sql:2:2', 'PRJ-003 models/b.yml:1:2'],
    saying: ['Save it as UTF-8.'],
  },
};

describe.each(Object.entries(BAD_PROJECTS))('%s', (_, { files, told, saying }) => {
  test('are told at once with place, frame and hint; nothing is touched, and the code is 2', async () => {
    const cwd = copyOfShop(files);
    const before = fingerprint(cwd);
    const { code, stdout, stderr } = await model('build', { cwd });
    const diagnostics = toldDiagnostics(stderr);
    expect.soft(diagnostics.map(({ code, place }) => `${code} ${place}`).sort()).toEqual([...told].sort());
    for (const { frame } of diagnostics) expect.soft(frame.some((line) => line.includes('> '))).toBe(true);
    for (const { message, advice } of diagnostics) expect.soft(advice, message).not.toEqual([]);
    for (const words of saying) expect.soft(stderr).toContain(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(fingerprint(cwd)).toBe(before);
  });
});

function anchorBomb(): string {
  const lines = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
  for (const [of, by] of ['ba', 'cb', 'dc', 'ed'].map((pair) => [...pair]))
    lines.push(`${of}: &${of} [${Array.from({ length: 10 }, () => `*${by}`).join(', ')}]`);
  return `${lines.join('\n')}\nmodels: [*e, *e]\n`;
}

function fingerprint(root: string): string {
  return createHash('sha256')
    .update(readFileSync(join(root, 'dev.duckdb')))
    .digest('hex');
}
