import { expect, test } from 'vitest';
import { duckdbDialect } from '../../src/dialect/duckdb/duckdb-dialect.ts';
import { mutated, mutationText } from '../../src/mutation/mutation.ts';
import { mutations } from '../../src/mutation/mutations.ts';

const told = (sql: string) =>
  mutations(sql, duckdbDialect).map((mutation) => `${mutation.kind}: ${mutationText(sql, mutation)}`);

test.each([
  ['select 1 from a left join b on a.id = b.id', ['join: left join → inner join']],
  ['select 1 from a left outer join b using (id)', ['join: left outer join → inner join']],
  ['select 1 from a join b using (id)', ['join: join → left join']],
  ['select 1 from a full join b using (id)', ['join: full join → left join', 'join: full join → right join']],
  ['select 1 from a cross join b', []],
  ['select sum(x) over (order by d rows between 6 preceding and current row) from a', ['bound: 6 → 7']],
  ['select case when x < y then 2 end from a', ['comparison: < → <=']],
  ['select x is null, y is not null from a', ['comparison: null → not null', 'comparison: not null → null']],
  ['select count(distinct x) from a', ['distinct: distinct → (nothing)']],
  [
    'select distinct x from a union select y from b',
    ['distinct: distinct → (nothing)', 'distinct: union → union all'],
  ],
  ['select x from a union all select y from b', ['distinct: union all → union']],
  ['select a - b, -c, (-d) from t', ['sign: - → +']],
  ['select cast(x as numeric(18, 2)), date_part(1, 2) from a group by 1', []],
])('%s', (sql, expected) => {
  expect(told(sql)).toEqual(expected);
});

test('each condition of a filter is dropped by itself, but not half of a between or of a case', () => {
  const sql = `select x from a
where x between 1 and 2
  and case when y and z then true end
  and (p or q and r)
group by x
having count(*) > s`;
  expect(told(sql).filter((text) => text.startsWith('filter'))).toEqual([
    'filter: x between 1 and 2 → true',
    'filter: case when y and z then true end → true',
    'filter: (p or q and r) → true',
    'filter: count(*) > s → true',
  ]);
});

test('a filter with an or at its top is dropped whole', () => {
  expect(told('select x from a where x or y and z')).toEqual(['filter: x or y and z → true']);
});

test('equality in the condition of a join stays: every row would meet every other', () => {
  expect(told('select x from a join b on a.x = b.x and a.d >= b.d')).toEqual([
    'join: join → left join',
    'comparison: >= → >',
  ]);
});

test('"is distinct from" begins no clause and holds no distinct', () => {
  expect(told('select x from a where x is distinct from y and z')).toEqual([
    'filter: x is distinct from y → true',
    'filter: z → true',
  ]);
});

test('a mutant differs from the query in that one place', () => {
  const sql = "select 'a < b' from t where a < b";
  const [, comparison] = mutations(sql, duckdbDialect);
  if (comparison === undefined) throw new Error('nothing to mutate');
  expect(mutated(sql, comparison)).toBe("select 'a < b' from t where a <= b");
});
