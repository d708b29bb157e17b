import type { Dialect } from '../dialect/dialect.ts';
import type { PublicationEntry } from './publication.ts';
import { publishedComment } from './shown-version.ts';

/** A replaced view may have lost its comments, so all are written; those that were taken out of the project are emptied. */
export function commentStatements(
  dialect: Dialect,
  before: PublicationEntry | undefined,
  after: PublicationEntry,
): string[] {
  const kind = after.publish;
  const had = new Map(before?.columns.map((column) => [column.name, column.description]));
  const statements: string[] = [];
  const text = publishedComment(after);
  if (text !== '' || (before !== undefined && publishedComment(before) !== '')) {
    statements.push(dialect.commentOnRelation(kind, after.relation, text));
  }
  for (const { name, description } of after.columns) {
    if (description === '' && (had.get(name) ?? '') === '') continue;
    statements.push(dialect.commentOnColumn(after.relation, name, description));
  }
  return statements;
}
