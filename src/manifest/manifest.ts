import type { Span } from '../diagnostic/span.ts';
import type { Project } from '../project/project.ts';
import type { MacroLibrary } from '../template/macro.ts';
import type { Node } from './node.ts';

/** A node that `enabled: false` took out; a ref to it is an error that says so. */
export interface DisabledNode {
  readonly uniqueId: string;
  readonly name: string;
  readonly span: Span;
}

/** The manifest is everything a project means: its nodes by unique id, references resolved, configs merged. */
export interface Manifest {
  readonly project: Project;
  readonly nodes: ReadonlyMap<string, Node>;
  readonly disabled: readonly DisabledNode[];
  readonly macros: MacroLibrary;
}
