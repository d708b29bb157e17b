import { typeNotPinned } from '../diagnostic/catalogue/run.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import { type Column, type ColumnType, parseColumnType } from '../dialect/column-type.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { ModelNode } from '../manifest/node.ts';
import { readColumns } from '../store/attempt.ts';
import { withSuffix } from '../store/physical-name.ts';
import type { VersionColumn } from '../store/version.ts';
import { type Session, WarehouseError } from '../warehouse/warehouse.ts';

/** A relation that was just created, in the transaction that is still open. */
export interface UnpinnedRelation {
  readonly node: ModelNode;
  readonly relation: Relation;
  readonly kind: 'table' | 'view';
  /** The query of a view. */
  readonly select: string;
  /** Columns whose types are declared. */
  readonly declared: readonly Column[];
  /** The statements that create a relation of this kind from a query. */
  readonly create: (relation: Relation, select: string) => readonly string[];
}

/**
 * Gives the columns of a relation the types that they are declared with, where it has others: tests see what will be published.
 * A table is copied, a view made again. Gives the statements that it sent; throws a DiagnosticError where a value cannot be cast.
 */
export async function pinTypes(
  session: Session,
  dialect: Dialect,
  unpinned: UnpinnedRelation,
): Promise<readonly string[]> {
  if (unpinned.declared.length === 0) return [];
  const built = await readColumns(session, dialect, unpinned.relation);
  const types = await typesToPin(session, dialect, built, unpinned);
  if (types.size === 0) return [];
  const columns = built.map((column) => pinnedColumn(dialect, column, types));
  const casts = `select\n${columns.join(',\n')}`;
  const statements = pinningStatements(dialect, unpinned, casts);
  for (const statement of statements) {
    await session.execute(statement).catch((error: unknown) => {
      const isOfStatement = error instanceof WarehouseError && error.kind === 'statement';
      if (!isOfStatement || error.limit !== undefined || !statement.includes(casts)) throw error;
      throw new DiagnosticError([typeNotPinned({ node: unpinned.node, message: error.message })]);
    });
  }
  return statements;
}

/** The columns whose types are declared. */
export function declaredColumns({ columns }: ModelNode): readonly Column[] {
  return columns.flatMap(({ name, dataType }) => {
    const type = parseColumnType(dataType ?? '');
    return type === undefined ? [] : [{ name, type }];
  });
}

/** The engine's spellings of the declared types that a relation's columns do not have, by their names in lower case. */
async function typesToPin(
  session: Session,
  dialect: Dialect,
  built: readonly VersionColumn[],
  { kind, declared }: Pick<UnpinnedRelation, 'kind' | 'declared'>,
): Promise<ReadonlyMap<string, string>> {
  const casts = declared.map(({ type }, index) => `cast(null as ${dialect.type(type)}) as c${index}`);
  const { columns: wanted } = await session.query(`select ${casts.join(', ')} limit 0`);
  const builtTypes = new Map(built.map(({ name, type }) => [name.toLowerCase(), type]));
  return new Map(
    declared.flatMap(({ name, type }, index) => {
      const has = builtTypes.get(name.toLowerCase());
      const stays =
        has === undefined ||
        has === wanted[index]?.type ||
        holdsNoLongerText(dialect, has, type) ||
        (kind === 'view' && mayBeUntyped(dialect, has));
      return stays ? [] : [[name.toLowerCase(), dialect.type(type)] as const];
    }),
  );
}

/** Whether a cast changes no text: the published relation casts anyway. */
function holdsNoLongerText(dialect: Dialect, built: string, declared: ColumnType): boolean {
  const has = dialect.parseType(built);
  if (has?.kind !== 'varchar' || declared.kind !== 'varchar') return false;
  return lengthOf(has) <= lengthOf(declared);
}

function lengthOf({ length }: { readonly length?: number }): number {
  return length ?? Number.POSITIVE_INFINITY;
}

/** Whether a column of a view may be a bare literal that could not be cast over the view's query; the published view casts it. */
function mayBeUntyped(dialect: Dialect, built: string): boolean {
  const { untypedLiterals } = dialect.supports;
  if (untypedLiterals === undefined) return false;
  return built === untypedLiterals || dialect.parseType(built)?.kind === 'varchar';
}

function pinnedColumn(dialect: Dialect, { name }: VersionColumn, types: ReadonlyMap<string, string>): string {
  const column = dialect.quote(name);
  const type = types.get(name.toLowerCase());
  return type === undefined ? `  ${column}` : `  cast(${column} as ${type}) as ${column}`;
}

function pinningStatements(
  dialect: Dialect,
  { relation, kind, select, create }: UnpinnedRelation,
  casts: string,
): readonly string[] {
  switch (kind) {
    case 'view':
      return [dialect.dropView(relation), ...create(relation, `${casts}\nfrom (\n${select}\n) as query`)];
    case 'table': {
      const name = withSuffix(relation.name, '__pinned', dialect.identifierBytes);
      const pinned = { schema: relation.schema, name };
      return [
        ...create(pinned, `${casts}\nfrom ${dialect.relation(relation)}`),
        dialect.dropTable(relation),
        dialect.renameTable(pinned, relation.name),
      ];
    }
  }
}
