import { canonicalTokens } from '../dialect/canonical-tokens.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Token } from '../dialect/token.ts';
import type { FoundRelation } from './catalog.ts';
import type { PublicationEntry } from './publication.ts';

/** The comment of a published relation. A table's names its version too: no view text tells that to `model store repair`. */
export function publishedComment(entry: PublicationEntry): string {
  if (entry.publish === 'view') return entry.description;
  return `${entry.description}\n\nVersion: ${entry.version.schema}.${entry.version.name}`.trim();
}

const VERSION_LINE = /(?:^|\n\n)Version: ([^.\s]+)\.(\S+)$/;

/** A published relation's comment without the line that names its version. */
export function withoutVersion(comment: string): string {
  return comment.replace(VERSION_LINE, '');
}

/** Which version a relation shows, told from a view's text or a table's comment; undefined: none that is known. */
export function shownVersionOf(
  dialect: Dialect,
  found: FoundRelation,
  isVersion: (relation: Relation) => boolean,
): Relation | undefined {
  if (found.kind === 'table') {
    const [, schema, name] = VERSION_LINE.exec(found.comment ?? '') ?? [];
    return schema !== undefined && name !== undefined && isVersion({ schema, name })
      ? { schema, name }
      : undefined;
  }
  const names = canonicalTokens(dialect.tokenize(found.definition ?? '')).map(identifierOf);
  for (const [position, schema] of names.entries()) {
    const name = names[position + 2];
    if (names[position + 1] !== '.' || schema === undefined || name === undefined) continue;
    if (isVersion({ schema, name })) return { schema, name };
  }
  return undefined;
}

function identifierOf(token: Token): string {
  return token.kind === 'quoted-identifier' ? token.text.slice(1, -1).replaceAll('""', '"') : token.text;
}
