import type { Span } from '../diagnostic/span.ts';
import { type ColumnType, parseColumnType } from '../dialect/column-type.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Node } from '../manifest/node.ts';
import type { InferredColumn } from './inferred-column.ts';

/** A column that a relation declares; without a type where it declares none that is portable. */
export interface DeclaredColumn {
  readonly name: string;
  readonly type: string | undefined;
  /** Its name in YAML. */
  readonly span: Span;
}

/** What a relation declares of its columns, with types as the embedded engine spells them. */
export function declaredColumns(node: Node | undefined, dialect: Dialect): readonly DeclaredColumn[] {
  if (node === undefined || !('columns' in node)) return [];
  return node.columns.map(({ name, dataType, span }) => {
    const type = parseColumnType(dataType ?? '');
    return { name, type: type && embeddedType(type, dialect), span };
  });
}

/** A portable type as the embedded engine's results name it; they tell no length of a text. */
export function embeddedType(type: ColumnType, dialect: Dialect): string {
  const spelled = dialect.type(type.kind === 'varchar' ? { kind: 'varchar' } : type);
  return spelled.toUpperCase().replaceAll(', ', ',');
}

/**
 * The columns of a relation of which not all is declared: types are the declared ones, else guesses from the rows. What is
 * declared without a type, and not given, is text.
 */
export function completedColumns(
  declared: readonly DeclaredColumn[],
  guessed: readonly InferredColumn[],
  dialect: Dialect,
): readonly InferredColumn[] {
  const guesses = new Map(guessed.map(({ name, type }) => [dialect.fold(name), type]));
  const names = new Set(declared.map(({ name }) => dialect.fold(name)));
  const text = embeddedType({ kind: 'varchar' }, dialect);
  const known = declared.map(({ name, type }) => ({
    name,
    type: type ?? guesses.get(dialect.fold(name)) ?? text,
  }));
  return [...known, ...guessed.filter(({ name }) => !names.has(dialect.fold(name)))];
}
