import { posix } from 'node:path';
import * as catalogue from '../diagnostic/catalogue/unit-test.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import { spanAt } from '../diagnostic/span.ts';
import type { ProjectFile, YamlValue } from '../project/project.ts';
import type { CheckedYaml } from '../project/yaml-check.ts';
import type { YamlPath } from '../project/yaml-document.ts';
import { nameOf } from './declared-node.ts';
import type { FixtureRows } from './node.ts';
import type { UnitTestProperties } from './properties-schema.ts';

/** The files that hold rows of unit tests, by `name.csv` and `name.sql`; folders do not count, so a name may have several. */
export type FixtureFiles = ReadonlyMap<string, readonly ProjectFile[]>;

export function fixtureFiles(files: readonly ProjectFile[]): FixtureFiles {
  const fixtures = new Map<string, ProjectFile[]>();
  for (const file of files) {
    if (file.kind !== 'fixture') continue;
    const name = posix.basename(file.path);
    fixtures.set(name, [...(fixtures.get(name) ?? []), file]);
  }
  return fixtures;
}

/**
 * The rows that an entry gives: a list of mappings, CSV text, SQL, or those of a file. Without a format, text that begins like a query
 * is SQL and other text is CSV. Undefined when a mistake was reported.
 */
export function readFixtureRows(
  { rows, format, fixture }: UnitTestProperties['expect'],
  path: YamlPath,
  yaml: CheckedYaml<unknown>,
  fixtures: FixtureFiles,
  report: Report,
): FixtureRows | undefined {
  const at = (key: string) => yaml.spanAt([...path, key]);
  if (fixture !== undefined) {
    if (rows !== undefined) report(catalogue.rowsTwice({ span: at('fixture') }));
    return ofFile(fixture, format, at('fixture'), fixtures, report);
  }
  const span = rows === undefined ? yaml.spanAt(path) : at('rows');
  if (rows === undefined) {
    report(catalogue.noRows({ span }));
    return undefined;
  }
  if (typeof rows === 'string' ? format === 'dict' : (format ?? 'dict') !== 'dict') {
    report(catalogue.wrongRows({ format: format ?? 'dict', span }));
    return undefined;
  }
  if (typeof rows === 'string')
    return {
      kind: format === 'sql' || (format === undefined && isQuery(rows)) ? 'sql' : 'csv',
      text: rows,
      spanAt: () => span,
      span,
    };
  return {
    kind: 'dict',
    rows: rows as readonly Readonly<Record<string, YamlValue>>[],
    spanAt: (row, column) => yaml.spanAt([...path, 'rows', row, ...(column === undefined ? [] : [column])]),
    span,
  };
}

function isQuery(text: string): boolean {
  return /^\s*(?:(?:select|with|values)(?=[\s(*'"])|\()/i.test(text);
}

function ofFile(
  name: string,
  format: 'dict' | 'csv' | 'sql' | undefined,
  span: FixtureRows['span'],
  fixtures: FixtureFiles,
  report: Report,
): FixtureRows | undefined {
  const kinds = format === undefined || format === 'dict' ? (['csv', 'sql'] as const) : [format];
  for (const kind of kinds) {
    const [file, ...others] = fixtures.get(`${name}.${kind}`) ?? [];
    if (file === undefined) continue;
    if (others.length > 0) {
      const paths = [file, ...others].map(({ path }) => path);
      report(catalogue.ambiguousFixture({ name: `${name}.${kind}`, paths, span }));
      return undefined;
    }
    const { source } = file;
    return { kind, text: source.text, spanAt: (start, end) => spanAt(source, start, end), span };
  }
  const candidates = [...fixtures.values()].flat().map((file) => nameOf(file));
  report(catalogue.unknownFixture({ name, kinds, candidates, span }));
  return undefined;
}
