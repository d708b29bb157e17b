import { findStrayRelations } from '../compile/stray-relation.ts';
import { canonicalTokens } from '../dialect/canonical-tokens.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { ColumnProperties, FixtureRows } from '../manifest/node.ts';
import type { YamlValue } from '../project/project.ts';
import { hashOf } from '../store/hash.ts';
import type { CompiledUnitTest } from './compile-unit-tests.ts';
import { embeddedDialect, embeddedNondeterminism } from './embedded-compilation.ts';
import type { ModelCompiler } from './model-compiler.ts';

/** Counts changes of how unit tests are run and judged: raise it, and all are run again. */
const KEY_VERSION = 3;

/**
 * The key under which a unit test's verdict is remembered: its SQL, its rows, the engine, and all that the types of its inputs are
 * inferred from. Undefined for a test whose result may differ between two runs.
 */
export function unitTestKeys(
  manifest: Manifest,
  compiler: ModelCompiler,
  engineVersion: string,
): (test: CompiledUnitTest) => string | undefined {
  const shapeKey = shapeKeys(manifest, compiler);
  return ({ node, query }) => {
    const isMoving = (rows: FixtureRows) => rows.kind === 'sql' && mayGiveOthers(rows.text, manifest);
    if (query.nondeterminism.length > 0) return undefined;
    if (isMoving(node.expect) || node.given.some(({ rows }) => isMoving(rows))) return undefined;
    const inputs = node.given.map(({ uniqueId, rows }) => [uniqueId, shapeKey(uniqueId), rowsOf(rows)]);
    return hashOf([
      ...['unit_test', KEY_VERSION, engineVersion, embeddedDialect.sessionSettings],
      ...[query.sql, inputs, rowsOf(node.expect)],
    ]);
  };
}

/** Whether SQL that is rows may give others the next time: by chance, or from files and tables outside of the test. */
function mayGiveOthers(sql: string, manifest: Manifest): boolean {
  const tokens = canonicalTokens(embeddedDialect.tokenize(sql));
  const strays = findStrayRelations(tokens, embeddedDialect);
  return strays.length > 0 || embeddedNondeterminism(sql, manifest).length > 0;
}

function rowsOf(rows: FixtureRows): YamlValue {
  return [rows.kind, rows.kind === 'dict' ? rows.rows : rows.text];
}

/** Keys of what the columns of relations are inferred from, without inferring them; each is worked out once. */
export function shapeKeys({ nodes }: Manifest, compiler: ModelCompiler): (uniqueId: string) => string {
  const known = new Map<string, string>();
  const keyOf = (uniqueId: string): string => {
    const key = known.get(uniqueId) ?? hashOf(essence(uniqueId));
    known.set(uniqueId, key);
    return key;
  };
  const essence = (uniqueId: string): YamlValue => {
    const node = nodes.get(uniqueId);
    switch (node?.resourceType) {
      case 'model': {
        const compiled = compiler(node);
        const reads = (compiled?.reads ?? []).filter((read) => read !== uniqueId);
        return [uniqueId, compiled?.sql ?? null, typesOf(node.columns), reads.map(keyOf)];
      }
      case 'seed':
        return [uniqueId, node.sha256, node.config.columnTypes, node.config.delimiter, typesOf(node.columns)];
      case 'source':
        return [uniqueId, typesOf(node.columns)];
      default:
        return [uniqueId];
    }
  };
  return keyOf;
}

function typesOf(columns: readonly ColumnProperties[]): YamlValue {
  return columns.map(({ name, dataType }) => [name, dataType ?? null]);
}
