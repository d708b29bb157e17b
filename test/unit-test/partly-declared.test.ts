import { describe, expect, it } from 'vitest';
import { ranUnits, refused } from './unit-project.ts';

/** A source of which one column has no type, and models that read it. */
const FILES = {
  'models/partly.yml': `sources:
  - name: partly
    tables:
      - name: codes
        columns:
          - { name: id, data_type: bigint }
          - { name: code, data_type: varchar }
          - name: note
      - name: dark
        columns: [{ name: code }]
`,
  'models/by_code.sql': 'select code, count(*) as n from {{source "partly" "codes"}} group by code',
  'models/notes.sql': 'select id, note, code from {{source "partly" "codes"}}',
  'models/longer.sql': 'select id, note + interval 1 day as later from {{source "partly" "codes"}}',
  'models/dark_codes.sql': 'select code, count(*) as n from {{source "partly" "dark"}} group by code',
};

function test(model: string, given: string, expected: string, source = 'codes'): string {
  return `  - name: partly
    model: ${model}
    given: [{ input: "source('partly', '${source}')", rows: ${given} }]
    expect: { rows: ${expected} }
`;
}

describe('an input of which not every column has a type', () => {
  it('has the types that are declared', async () => {
    const rows = '[{ code: "1" }, { code: "1.0" }, { code: 1.00 }]';
    const expected = '[{ code: "1", n: 2 }, { code: "1.0", n: 1 }]';
    expect((await ranUnits(test('by_code', rows, expected), FILES)).ended).toEqual({ partly: 'pass' });
    const sql = '"select 1 as code union all select 1"';
    const { ended } = await ranUnits(test('by_code', sql, '[{ code: "1", n: 2 }]'), FILES);
    expect(ended).toEqual({ partly: 'pass' });
  });

  it('is refused values that do not fit these', async () => {
    expect(await refused(test('by_code', '[{ id: 1.5, note: 1.5 }]', '[]'), FILES)).toEqual([
      'TST-116 models/units.yml:4:64 "1.5" is not a whole number, and the column "id" is of the type bigint.',
    ]);
  });

  it('has a guessed type for the rest, and NULL where that is not given', async () => {
    const without = test('notes', '[{ id: 7 }]', '[{ id: 7, note: null, code: null }]');
    expect((await ranUnits(without, FILES)).ended).toEqual({ partly: 'pass' });
    const none = test('notes', '[]', '[]');
    expect((await ranUnits(none, FILES)).ended).toEqual({ partly: 'pass' });
    const guessed = test('longer', '[{ id: 7, note: 2025-01-31 }]', '[{ id: 7, later: 2025-02-01 }]');
    expect((await ranUnits(guessed, FILES)).ended).toEqual({ partly: 'pass' });
  });

  it('is text where numbers stand in quotes', async () => {
    const rows = '[{ code: "1" }, { code: "1.0" }]';
    const expected = '[{ code: "1", n: 1 }, { code: "1.0", n: 1 }]';
    const { ended } = await ranUnits(test('dark_codes', rows, expected, 'dark'), FILES);
    expect(ended).toEqual({ partly: 'pass' });
  });

  it('is shown with the column that has none when the model fails on it', async () => {
    const { results } = await ranUnits(test('longer', '[{ id: 7, note: "12" }]', '[]'), FILES);
    expect(results[0]?.diagnostic).toMatchObject({
      code: 'SQL-001',
      related: [
        {
          message:
            'The type of "note" of source(\'partly\', \'codes\') is guessed: it declares no portable "data_type"',
          span: { source: { path: 'models/partly.yml' }, start: { line: 8 } },
        },
      ],
    });
  });
});
