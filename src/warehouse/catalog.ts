import { z } from 'zod';
import type { ColumnType } from '../dialect/column-type.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Session } from './warehouse.ts';

/** A column as the engine has it; `type` is its portable type, where it has one. */
export interface CatalogColumn {
  readonly name: string;
  readonly engineType: string;
  readonly type: ColumnType | undefined;
}

/** A table or view that stands in the database. */
export interface CatalogRelation {
  readonly relation: Relation;
  readonly kind: 'table' | 'view';
  readonly columns: readonly CatalogColumn[];
}

/** What stands in some schemas of the database at one moment. */
export interface Catalog {
  readonly relations: readonly CatalogRelation[];
  /** Looks a relation up as the engine compares names. */
  find(relation: Relation): CatalogRelation | undefined;
}

const rowSchema = z.object({
  table_schema: z.string(),
  table_name: z.string(),
  kind: z.enum(['table', 'view']),
  column_name: z.string(),
  data_type: z.string(),
});

/** Reads the relations of some schemas with their columns, in one query; a schema that is missing is empty. */
export async function readCatalog(
  session: Session,
  dialect: Dialect,
  schemas: readonly string[],
): Promise<Catalog> {
  const { rows } = await session.query(dialect.catalogQuery(schemas));
  const byName = new Map<string, CatalogRelation & { readonly columns: CatalogColumn[] }>();
  for (const row of z.array(rowSchema).parse(rows)) {
    const relation = { schema: row.table_schema, name: row.table_name };
    const key = keyOf(relation, dialect);
    const entry = byName.get(key) ?? { relation, kind: row.kind, columns: [] };
    byName.set(key, entry);
    entry.columns.push({
      name: row.column_name,
      engineType: row.data_type,
      type: dialect.parseType(row.data_type),
    });
  }
  return { relations: [...byName.values()], find: (relation) => byName.get(keyOf(relation, dialect)) };
}

function keyOf(relation: Relation, dialect: Dialect): string {
  return `${dialect.fold(relation.schema)}\n${dialect.fold(relation.name)}`;
}
