import type { CompiledNode } from '../compile/compiled-node.ts';
import type { CompiledTest } from '../data-test/compile-data-test.ts';
import { counted } from '../diagnostic/counted.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Dag } from '../manifest/dag.ts';
import type { ModelNode } from '../manifest/node.ts';
import type { Selection } from '../manifest/select.ts';
import type { CompiledUnitTest } from '../unit-test/compile-unit-tests.ts';

/** A project that has been compiled: what was selected, as SQL with markers for relations. */
export interface CompiledProject {
  readonly dag: Dag;
  readonly dialect: Dialect;
  readonly selection: Selection;
  /** Selected models and the models that they read, also through views and ephemeral models, by unique id. */
  readonly models: ReadonlyMap<string, CompiledNode<ModelNode>>;
  /** Selected data tests, by unique id. */
  readonly dataTests: ReadonlyMap<string, CompiledTest>;
  /** Selected unit tests, by unique id, compiled for the embedded engine. */
  readonly unitTests: ReadonlyMap<string, CompiledUnitTest>;
  /** Tests that are not run, but must have passed for what they test to be published (`publish_untested: false`). */
  readonly guards: ReadonlyMap<string, CompiledTest>;
}

/** What was compiled, in a sentence: `Compiled 29 models and 343 tests.` */
export function compiledSentence({ models, dataTests, unitTests }: CompiledProject, where = ''): string {
  const tests = dataTests.size + unitTests.size;
  return `Compiled ${counted(models.size, 'model')} and ${counted(tests, 'test')}${where}.`;
}
