import type { Compilation } from '../compile/compilation.ts';
import { unknownOverride } from '../diagnostic/catalogue/unit-test.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { ModelNode, Node, UnitTestNode } from '../manifest/node.ts';
import type { Project, Variable } from '../project/project.ts';
import type { ContextHelper } from '../template/context.ts';
import type { Parameter, TemplateValue } from '../template/helper.ts';
import { embeddedCompilation } from './embedded-compilation.ts';

/** A compilation of the tested model as a unit test wants it: its vars, environment and macros; ephemeral inputs are relations. */
export function overriddenCompilation(
  manifest: Manifest,
  test: UnitTestNode,
  model: ModelNode,
  report: Report,
): Compilation {
  const nodes = withGivenRelations(manifest.nodes, test);
  const project = overriddenProject(manifest.project, test);
  const compilation = embeddedCompilation({ ...manifest, nodes, project }, report);
  const helpers = new Map(compilation.helpers);
  helpers.set('self', selfHelper(model));
  for (const [written, value] of Object.entries(test.overrides.macros)) {
    const name = written.slice(written.lastIndexOf('.') + 1);
    const known = helpers.has(name) || manifest.macros.macros.has(name);
    const candidates = [...helpers.keys(), ...manifest.macros.macros.keys()];
    if (known) helpers.set(name, constantHelper(name, value, manifest));
    else report(unknownOverride({ name, candidates, span: test.overrides.spanAt('macros', written) }));
  }
  return { ...compilation, helpers };
}

/** An ephemeral model whose rows are given is read like any other. */
function withGivenRelations(
  nodes: ReadonlyMap<string, Node>,
  { given }: UnitTestNode,
): ReadonlyMap<string, Node> {
  const changed = given.flatMap(({ uniqueId }) => {
    const node = nodes.get(uniqueId);
    if (node?.resourceType !== 'model' || node.config.materialized !== 'ephemeral') return [];
    return [
      [uniqueId, { ...node, config: { ...node.config, materialized: 'table' } } satisfies Node] as const,
    ];
  });
  return changed.length === 0 ? nodes : new Map([...nodes, ...changed]);
}

function overriddenProject(project: Project, { overrides }: UnitTestNode): Project {
  const given = Object.entries(overrides.variables).map(([name, value]): [string, Variable] => [
    name,
    { value, perRun: false },
  ]);
  const { environment } = overrides;
  return {
    ...project,
    variables: new Map([...project.variables, ...given]),
    environmentVariable: (name) => {
      const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
      return value === undefined ? project.environmentVariable(name) : { kind: 'value', value };
    },
  };
}

function selfHelper({ name }: ModelNode): ContextHelper {
  return { name: 'self', doc: '', parameters: [], run: (_, context) => context.ref(name) };
}

/** A helper in the place of a macro: it takes what the macro takes, and gives one value. */
function constantHelper(name: string, value: TemplateValue, { macros }: Manifest): ContextHelper {
  const optional = { type: 'any', optional: true } as const;
  const parameters = (macros.macros.get(name) ?? []).flatMap((macro) => macro.parameters);
  const named: Parameter[] = parameters.map((parameter) => ({ name: parameter.name, ...optional }));
  return {
    name,
    doc: '',
    parameters: [{ name: 'arguments', ...optional, rest: true }],
    named,
    run: () => value,
  };
}
