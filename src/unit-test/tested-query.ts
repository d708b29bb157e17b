import type { CompiledNode } from '../compile/compiled-node.ts';
import * as catalogue from '../diagnostic/catalogue/unit-test.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { ModelNode, UnitTestNode } from '../manifest/node.ts';
import { markedRelations } from '../template/relation-marker.ts';
import { commonTableQuery } from './common-table.ts';
import { embeddedDialect } from './embedded-compilation.ts';
import { defaultInstant, freezeClock, readInstant } from './frozen-clock.ts';

/** What a unit test says about what it tests. */
type TestedPart = Pick<UnitTestNode, 'cte' | 'overrides' | 'span'>;

/** What of a model a unit test runs: all of it or a common table, with the clock stopped. Undefined when a mistake was reported. */
export function testedQuery(
  model: CompiledNode<ModelNode>,
  test: TestedPart,
  manifest: Manifest,
  report: Report,
): CompiledNode<ModelNode> | undefined {
  const instant = instantOf(test, manifest, report);
  const query = wholeOrCommonTable(model, test, report);
  if (instant === undefined || query === undefined) return undefined;
  const { text: sql, map } = freezeClock(query, embeddedDialect, instant);
  const declared = new Set(manifest.project.deterministicFunctions.map((name) => name.toLowerCase()));
  const doubts = embeddedDialect.nondeterminism(embeddedDialect.tokenize(sql), declared);
  const nondeterminism = doubts.map(({ reason }) => reason);
  return { node: model.node, sql, map, reads: markedRelations(sql), nondeterminism };
}

function wholeOrCommonTable({ node, sql, map }: CompiledNode<ModelNode>, test: TestedPart, report: Report) {
  const { cte, span } = test;
  const whole = { text: sql, map };
  if (cte === undefined) return whole;
  const found = commonTableQuery(whole, cte, embeddedDialect);
  if (found.kind === 'found') return found.query;
  report(catalogue.unknownCommonTable({ cte, model: node.name, names: found.names, span }));
  return undefined;
}

function instantOf({ overrides }: TestedPart, { project }: Manifest, report: Report): string | undefined {
  const { now, variables } = overrides;
  if (now === undefined)
    return defaultInstant(variables['as_of_date'] ?? project.variables.get('as_of_date')?.value);
  const instant = readInstant(now);
  if (instant === undefined) report(catalogue.badInstant({ text: now, span: overrides.spanAt('now') }));
  return instant;
}
