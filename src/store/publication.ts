import { addTo } from '../diagnostic/lists-by-key.ts';
import type { Dialect, TableOptions, ViewOptions } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { PublishKind } from '../manifest/config.ts';
import type { Row, Session } from '../warehouse/warehouse.ts';
import { relationId } from './catalog.ts';
import { stateJson } from './state-json.ts';
import {
  queryRows,
  readJson,
  readNumber,
  readNumberOrNull,
  readText,
  readTextOrNull,
  selectRows,
  tableOf,
} from './state-query.ts';
import { PUBLICATION, stateRelation } from './state-table.ts';

/** A publication is the whole of what an environment showed from one publish to the next. */
export interface Publication {
  /** Counts from 1 in each environment. */
  readonly sequence: number;
  readonly runId: string;
  readonly gitCommit: string | null;
  /** Timestamp of the warehouse's clock. */
  readonly publishedAt: string;
  /** The publication whose entries a rollback brought back; null for a publish. */
  readonly restores: number | null;
  /** By published relation (see relationId). */
  readonly entries: ReadonlyMap<string, PublicationEntry>;
}

/** An entry is one published relation: which version it shows, and as what. */
export interface PublicationEntry {
  readonly uniqueId: string;
  readonly relation: Relation;
  readonly version: Relation;
  readonly key: string;
  readonly publish: PublishKind;
  /** In order; the published relation has exactly these, cast to their types. */
  readonly columns: readonly PublishedColumn[];
  readonly description: string;
  /** Roles that may select. */
  readonly grants: readonly string[];
  /** How a `publish: table` is stored: its dist and sort keys, encodings, backup; whether a view is bound late. */
  readonly storage: TableOptions & ViewOptions;
  /** When the node was first missing from the project; null while it is there. */
  readonly retiredAt: string | null;
}

/** A published column; `type` is SQL text of the engine, pinned: the view casts to it. */
export interface PublishedColumn {
  readonly name: string;
  readonly type: string;
  readonly description: string;
}

/** What a publication did to a published relation, compared with the publication before it. */
export type PublicationChange = 'added' | 'changed' | 'kept' | 'retired' | 'removed';

/** What a publication was made with: its entries and, for those that it removed, what they were. */
export interface RecordedEntry {
  readonly entry: PublicationEntry;
  readonly change: PublicationChange;
}

/**
 * The entry of a node that is in the project; a retired relation of the same node, under a former name, does not count.
 * While its former name awaits another node that takes it over, the entry under its present name is the node's.
 */
export function entryOf(
  publication: Publication | undefined,
  { uniqueId, relation }: Pick<PublicationEntry, 'uniqueId' | 'relation'>,
): PublicationEntry | undefined {
  const entries = [...(publication?.entries.values() ?? [])].filter(
    (entry) => entry.uniqueId === uniqueId && entry.retiredAt === null,
  );
  const named = entries.filter((entry) => entry.relation.name === relation.name);
  return named.find((entry) => entry.relation.schema === relation.schema) ?? named[0] ?? entries[0];
}

/** One publication of a store; undefined for sequence 0 and for those that are not on record. */
export async function readPublication(
  session: Session,
  dialect: Dialect,
  store: string,
  sequence: number,
): Promise<Publication | undefined> {
  if (sequence === 0) return undefined;
  const rows = await selectRows(session, stateRelation(store, PUBLICATION), { sequence });
  return rows[0] === undefined ? undefined : toPublication(dialect, rows[0], rows);
}

/** All publications that begin with `first`, oldest first. */
export async function readPublicationsFrom(
  session: Session,
  dialect: Dialect,
  store: string,
  first: number,
): Promise<Publication[]> {
  const rows = await queryRows(session, (knex) =>
    tableOf(knex, stateRelation(store, PUBLICATION))
      .where('sequence', '>=', first)
      .orderBy('sequence')
      .select('*'),
  );
  const bySequence = new Map<number, Row[]>();
  for (const row of rows) {
    addTo(bySequence, readNumber(row, 'sequence'), row);
  }
  return [...bySequence.values()].flatMap((group) =>
    group[0] === undefined ? [] : [toPublication(dialect, group[0], group)],
  );
}

/** When each publication of a store was made, oldest first. */
export async function readPublicationTimes(
  session: Session,
  store: string,
): Promise<{ readonly sequence: number; readonly publishedAt: string }[]> {
  const rows = await queryRows(session, (knex) =>
    tableOf(knex, stateRelation(store, PUBLICATION)).distinct('sequence', 'published_at').orderBy('sequence'),
  );
  return rows.map((row) => ({
    sequence: readNumber(row, 'sequence'),
    publishedAt: readText(row, 'published_at'),
  }));
}

function toPublication(dialect: Dialect, head: Row, rows: readonly Row[]): Publication {
  const shown = rows.filter((row) => readText(row, 'change') !== 'removed').map(toEntry);
  return {
    sequence: readNumber(head, 'sequence'),
    runId: readText(head, 'run_id'),
    gitCommit: readTextOrNull(head, 'git_commit'),
    publishedAt: readText(head, 'published_at'),
    restores: readNumberOrNull(head, 'restores'),
    entries: new Map(shown.map((entry) => [relationId(dialect, entry.relation), entry])),
  };
}

function toEntry(row: Row): PublicationEntry {
  return {
    uniqueId: readText(row, 'unique_id'),
    relation: { schema: readText(row, 'relation_schema'), name: readText(row, 'relation_name') },
    version: { schema: readText(row, 'version_schema'), name: readText(row, 'version_name') },
    key: readText(row, 'version_key'),
    publish: readText(row, 'publish') as PublishKind,
    columns: readJson(row, 'columns'),
    description: readText(row, 'description'),
    grants: readJson(row, 'grants'),
    storage: readJson(row, 'storage'),
    retiredAt: readTextOrNull(row, 'retired_at'),
  };
}

/** The rows of `_publication` that record a publication. */
export function publicationRows(
  publication: Omit<Publication, 'entries'>,
  recorded: readonly RecordedEntry[],
): Row[] {
  return recorded.map(({ entry, change }) => ({
    sequence: publication.sequence,
    change,
    ...entryRow(entry),
    run_id: publication.runId,
    git_commit: publication.gitCommit,
    restores: publication.restores,
    published_at: publication.publishedAt,
  }));
}

/** The columns of `_publication` that hold an entry. */
function entryRow(entry: PublicationEntry): Row {
  return {
    relation_schema: entry.relation.schema,
    relation_name: entry.relation.name,
    unique_id: entry.uniqueId,
    version_schema: entry.version.schema,
    version_name: entry.version.name,
    version_key: entry.key,
    publish: entry.publish,
    columns: stateJson(entry.columns.map(({ name, type, description }) => ({ name, type, description }))),
    description: entry.description,
    grants: stateJson(entry.grants.toSorted()),
    storage: stateJson(entry.storage),
    retired_at: entry.retiredAt,
  };
}

/** Whether two entries would be recorded alike. */
export function isSameEntry(a: PublicationEntry, b: PublicationEntry): boolean {
  return JSON.stringify(entryRow(a)) === JSON.stringify(entryRow(b));
}
