import { beforeAll, describe, expect, test } from 'vitest';
import { lintSql } from '../../src/compile/portability/lint-sql.ts';
import { type Grammar, loadGrammar } from '../../src/compile/portability/pg-grammar.ts';
import { genericTests } from '../../src/data-test/generic-tests.ts';
import { redshiftDialect } from '../../src/dialect/redshift/redshift-dialect.ts';
import { describeEngines } from '../support/engines.ts';
import { earlierTestUses } from './earlier-test-uses.ts';
import { genericTestFixtures } from './generic-test-fixtures.ts';
import { failuresOf, sqlOf, type TestedRows } from './test-bench.ts';

const uses = [...genericTestFixtures, ...earlierTestUses];

/** What the lint warns of in patterns with a backslash, which the dialect has doubled. */
const ESCAPED_BACKSLASH = 'PRT-141';

test('every generic test of the catalogue is tried, and stands there by its name', () => {
  const names = genericTests.map(({ name }) => name);
  expect(names).toEqual(names.toSorted());
  expect([...new Set(uses.map((use) => use.test))].toSorted()).toEqual(names);
});

test('no name is that of two tests', () => {
  const names = genericTests.flatMap(({ name, aliases = [] }) => [
    name,
    ...aliases.map((alias) => alias.name),
  ]);
  expect(names.toSorted()).toEqual([...new Set(names)].toSorted());
});

describe('For Redshift', () => {
  let grammar: Grammar;
  beforeAll(async () => {
    grammar = await loadGrammar();
  });

  test.each(
    genericTests.map(({ name }) => name),
  )('%s reads as a person would type it, and is not refused', async (name) => {
    const texts = uses
      .filter((use) => use.test === name)
      .map(({ declared }) => sqlOf(redshiftDialect, name, declared));
    await expect(`${texts.join(';\n\n')};\n`).toMatchFileSnapshot(`golden/${name}.sql`);
    const options = {
      dialect: redshiftDialect,
      grammar,
      declaredFunctions: new Set<string>(),
      wrapped: true,
      declaredTypes: () => undefined,
    };
    const findings = texts.flatMap((sql) => lintSql(sql, options));
    expect(findings.filter(({ code }) => code !== ESCAPED_BACKSLASH)).toEqual([]);
  });
});

describeEngines('The catalogue of generic tests', (engine) => {
  beforeAll(() => engine.session.execute('create schema analytics'));

  for (const { test: name, declared, passes, fails } of genericTestFixtures) {
    describe(`${name} ${JSON.stringify(declared)}`, () => {
      test.each(Object.entries(passes))('passes: %s', async (_, rows) => {
        expect(await failuresOf(engine, name, declared, byModel(rows))).toEqual([]);
      });

      test.each(Object.entries(fails))('fails: %s', async (_, [rows, ...expected]) => {
        const failures = await failuresOf(engine, name, declared, byModel(rows));
        expect(failures).toHaveLength(expected.length);
        expect(failures.map(numeric)).toEqual(
          expect.arrayContaining(expected.map((row) => expect.objectContaining(row))),
        );
      });
    });
  }
});

function byModel(rows: TestedRows | string): TestedRows {
  return typeof rows === 'string' ? { tested: rows } : rows;
}

/** Engines give sums and decimals as numbers, or as texts of them. */
function numeric(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const isNumber = (value: unknown) => typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value);
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, isNumber(value) ? Number(value) : value]),
  );
}
