import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { readText, readTextOrNull } from './state-query.ts';

/** A relation as the engine's catalog knows it. */
export interface FoundRelation {
  readonly relation: Relation;
  readonly kind: 'table' | 'view';
  readonly comment: string | null;
  /** A view's SQL, where definitions were asked for. */
  readonly definition: string | null;
}

/** The relations of some schemas, found as the engine finds them: by folded names. */
export interface RelationCatalog {
  readonly relations: readonly FoundRelation[];
  find(relation: Relation): FoundRelation | undefined;
}

/** Reads all relations of the schemas with one query; schemas that do not exist have none. */
export async function readRelations(
  session: Session,
  dialect: Dialect,
  schemas: Iterable<string>,
  withDefinitions = false,
): Promise<RelationCatalog> {
  const names = [...new Set(schemas)];
  const query = dialect.relationsQuery(names, withDefinitions);
  const { rows } = names.length === 0 ? { rows: [] } : await session.query(query);
  const relations = rows.map((row): FoundRelation => {
    const kind = readText(row, 'kind');
    return {
      relation: { schema: readText(row, 'table_schema'), name: readText(row, 'table_name') },
      kind: kind === 'view' ? 'view' : 'table',
      comment: readTextOrNull(row, 'comment'),
      definition: readTextOrNull(row, 'definition'),
    };
  });
  const byId = new Map(relations.map((found) => [relationId(dialect, found.relation), found]));
  return { relations, find: (relation) => byId.get(relationId(dialect, relation)) };
}

/** The identity of a relation as text, for maps: two names are one if the engine cannot tell them apart. */
export function relationId(dialect: Dialect, relation: Relation): string {
  return `${dialect.fold(relation.schema)}.${dialect.fold(relation.name)}`;
}

/** The names of all schemas of the database. */
export async function readSchemas(session: Session, dialect: Dialect): Promise<string[]> {
  const { rows } = await session.query(dialect.schemasQuery());
  return rows.map((row) => readText(row, 'schema_name'));
}

/** Creates the schemas that are missing; safe when two do it at once. */
export async function ensureSchemas(
  session: Session,
  dialect: Dialect,
  schemas: Iterable<string>,
): Promise<void> {
  const missing = await missingSchemas(session, dialect, schemas);
  for (const schema of missing) {
    try {
      await session.execute(dialect.createSchema(schema));
    } catch (error) {
      if ((await missingSchemas(session, dialect, [schema])).length > 0) throw error;
    }
  }
}

async function missingSchemas(
  session: Session,
  dialect: Dialect,
  schemas: Iterable<string>,
): Promise<string[]> {
  const present = new Set((await readSchemas(session, dialect)).map((schema) => dialect.fold(schema)));
  return [...new Set(schemas)].filter((schema) => !present.has(dialect.fold(schema)));
}
