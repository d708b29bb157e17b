import { expect, test } from 'vitest';
import { modelHere as model } from '../support/program-here.ts';
import { toldDiagnostics } from '../support/told-diagnostic.ts';
import { useBuiltShop } from './shop.ts';

const copyOfShop = useBuiltShop();

const capped = (where = 'order_id > 0') => ({
  'models/shop.yml': `models:
  - name: sales
    columns:
      - { name: order_id, tests: [unique] }
      - name: amount
        tags: [pii]
        tests:
          - accepted_range:
              name: capped
              max_value: 1
              where: ${where}
`,
});

test('show --test prints the query and as many failing rows as are wanted, keys first, personal data masked', async () => {
  const cwd = copyOfShop(capped());
  const one = await model('show --test capped --limit 1', { cwd });
  expect(one).toMatchObject({ code: 0, stderr: '' });
  expect(one.stdout).toMatch(
    /^select \*\nfrom \([\s\S]+ {2}where order_id > 0\n[\s\S]+\n\norder_id +amount +day\n/,
  );
  expect(one.stdout).toContain('***');
  const all = await model('show --test capped --output json', { cwd });
  expect(JSON.parse(all.stdout)).toEqual([
    { order_id: 1, amount: '***', day: '2025-01-01' },
    { order_id: 2, amount: '***', day: '2025-01-02' },
  ]);
  expect(all.stderr).toContain('where order_id > 0');
  const csv = await model('show --test capped --output csv', { cwd });
  expect(csv.stdout).toBe('order_id,amount,day\n1,***,2025-01-01\n2,***,2025-01-02\n');
});

test('show --test of a test that is not there, or whose condition the engine refuses, is a diagnostic', async () => {
  const cwd = copyOfShop(capped('nothing > 0'));
  const unknown = await model('show --test caped', { cwd });
  expect(unknown.code).toBe(2);
  expect(toldDiagnostics(unknown.stderr)).toMatchObject([
    { code: 'SEL-105', message: 'There is no data test "caped".', advice: ['Did you mean "capped"?'] },
  ]);
  const refused = await model('show --test capped', { cwd });
  expect(refused.code).not.toBe(0);
  expect(toldDiagnostics(refused.stderr)).toMatchObject([
    { code: 'SQL-001', place: 'models/shop.yml:11:15' },
  ]);
});
