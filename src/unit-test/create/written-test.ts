import type { Dialect, Scalar } from '../../dialect/dialect.ts';
import type { YamlValue } from '../../project/project.ts';
import type { QueryResult } from '../../warehouse/warehouse.ts';
import type { Candidates, Choice, GivenColumn } from './candidate-bench.ts';

/** What there is to write of a unit test. */
export interface UnitTestContent {
  readonly name: string;
  readonly description: string;
  readonly model: string;
  readonly candidates: ReadonlyMap<string, Candidates>;
  readonly choices: readonly Choice[];
  readonly columns: readonly GivenColumn[];
  readonly variables: Readonly<Record<string, YamlValue>>;
  readonly made: QueryResult;
}

type Mapping = Readonly<Record<string, YamlValue>>;

/** A unit test as an entry of `unit_tests:`. Cells that are NULL are left out of given rows, and stand in expected ones. */
export function writtenTest(content: UnitTestContent, dialect: Dialect): Mapping {
  const { name, description, model, candidates, variables, made } = content;
  const given = [...candidates].map(([uniqueId, { input }]) => ({
    input,
    rows: givenRows(uniqueId, content, dialect),
  }));
  return {
    ...{ name, description, model, given },
    ...(Object.keys(variables).length > 0 && { overrides: { vars: variables } }),
    expect: { rows: expectedRows(made, dialect) },
  };
}

function givenRows(
  uniqueId: string,
  { candidates, choices, columns }: UnitTestContent,
  dialect: Dialect,
): readonly Mapping[] {
  const found = candidates.get(uniqueId);
  if (found === undefined) return [];
  const { written, inferred } = found;
  const types = new Map(found.columns.map(({ name, type }) => [dialect.fold(name), type]));
  return choices.flatMap((choice) => {
    if (choice.uniqueId !== uniqueId) return [];
    const cells = written.columns.flatMap((column, at): [string, YamlValue][] => {
      const isGiven = columns.some((other) => other.uniqueId === uniqueId && other.column === column);
      const text = written.rows[choice.row]?.[at] ?? null;
      if (!isGiven || (inferred && text === null)) return [];
      return [[column, cellValue(text, types.get(dialect.fold(column)) ?? '', dialect)]];
    });
    return [Object.fromEntries(cells)];
  });
}

function expectedRows({ columns, rows }: QueryResult, dialect: Dialect): readonly Mapping[] {
  const written = rows.map((row) =>
    Object.fromEntries(
      columns.map(({ name, type }) => [name, cellValue(textOf(row[name] ?? null), type, dialect)]),
    ),
  );
  const text = (row: Mapping) => JSON.stringify(row);
  return written.sort((one, other) => (text(one) < text(other) ? -1 : 1));
}

function textOf(value: Scalar): string | null {
  return value === null ? null : String(value);
}

/** The text of a cell as YAML has it: a number where that keeps its value, else the text. */
function cellValue(text: string | null, type: string, dialect: Dialect): YamlValue {
  if (text === null) return null;
  switch (dialect.parseType(type)?.kind) {
    case 'boolean':
      return text === 'true';
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'double':
      return plainNumber(text);
    case 'numeric':
      return plainNumber(text.includes('.') ? text.replace(/\.?0+$/, '') : text);
    default:
      return text;
  }
}

function plainNumber(text: string): YamlValue {
  return String(Number(text)) === text ? Number(text) : text;
}
