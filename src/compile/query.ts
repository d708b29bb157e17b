import type { ModelNode } from '../manifest/node.ts';
import type { MappedText } from '../template/source-map.ts';

/** A query is a node's own SQL, checked, with the ephemeral models that it reads named and not yet written out. */
export interface Query {
  /** Without a semicolon; an ephemeral model's marker is its common table's name already. */
  readonly body: MappedText;
  /** Where the common tables of ephemeral models go. */
  readonly opening: Opening;
  /** Every ephemeral model below, each once, each behind those that it reads. */
  readonly ephemerals: readonly EphemeralQuery[];
  /** Of the query and of everything below it that is written out. */
  readonly nondeterminism: readonly string[];
}

/** The first token of a query, by its offset in the body; `end` is behind `with [recursive]`, if that is what it begins with. */
export interface Opening {
  readonly start: number;
  readonly end: number;
  readonly with: 'none' | 'with' | 'with recursive';
}

/** An ephemeral model's query under the name of its common table. */
export interface EphemeralQuery {
  readonly node: ModelNode;
  readonly name: string;
  readonly query: Query;
}
