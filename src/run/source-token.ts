import { columnExpression } from '../data-test/column-name.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { SourceNode } from '../manifest/node.ts';
import { readColumns } from '../store/attempt.ts';
import { type LoadRecord, landedToken } from '../store/load-record.ts';
import type { VersionColumn } from '../store/version.ts';
import type { Session } from '../warehouse/warehouse.ts';

/**
 * The tokens of sources, by unique id: what stands for their content in version keys. A landed table's is the list of its
 * loads; a foreign table's is asked of the table itself where the project says how, with the names and types of its columns.
 * Sources without one are missing here.
 */
export async function readSourceTokens(
  session: Session,
  dialect: Dialect,
  sources: readonly SourceNode[],
  loads: readonly LoadRecord[],
): Promise<ReadonlyMap<string, string>> {
  const tokens = new Map<string, string>();
  for (const source of sources) {
    const token =
      source.landed === undefined
        ? await foreignToken(session, dialect, source)
        : landedToken(loads, source.landed);
    if (token !== undefined) tokens.set(source.uniqueId, token);
  }
  return tokens;
}

async function foreignToken(
  session: Session,
  dialect: Dialect,
  source: SourceNode,
): Promise<string | undefined> {
  if (source.token === undefined) return undefined;
  const columns = await readColumns(session, dialect, source.relation);
  const { rows } = await session.query(tokenQuery(dialect, source, source.token, columns));
  return JSON.stringify([source.relation, columns, rows], (_, value) =>
    typeof value === 'bigint' ? String(value) : value,
  );
}

function tokenQuery(
  dialect: Dialect,
  { relation }: SourceNode,
  token: NonNullable<SourceNode['token']>,
  columns: readonly VersionColumn[],
): string {
  switch (token.kind) {
    case 'append_only':
      return `select max(${columnExpression(token.loadedAtField, dialect)}) as latest, count(*) as row_count\nfrom ${dialect.relation(relation)}`;
    case 'checksum':
      return dialect.checksumQuery(
        relation,
        columns.map(({ name }) => name),
      );
  }
}
