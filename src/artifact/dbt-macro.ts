import type { Manifest } from '../manifest/manifest.ts';
import type { DataTestNode } from '../manifest/node.ts';
import type { Macro } from '../template/macro.ts';

/** The `.sql` macros of a project under `macros` of dbt's manifest; a body for one engine is called `redshift__name`, as dbt's are. */
export function dbtMacros({ macros, project }: Manifest) {
  const bodies = [...macros.macros.values()].flat();
  const entries = bodies.map((macro) => macroEntry(macro, project.name));
  return Object.fromEntries(
    entries
      .toSorted((one, other) => (one.unique_id < other.unique_id ? -1 : 1))
      .map((entry) => [entry.unique_id, entry]),
  );
}

/** The unique ids of the macros that make a test: those of its name, for whatever engine. */
export function macrosOf({ test }: DataTestNode, { macros, project }: Manifest): readonly string[] {
  if (test.kind === 'singular' || test.macro === undefined) return [];
  return (macros.macros.get(test.macro.name) ?? []).map((macro) => macroId(macro, project.name));
}

function macroEntry(macro: Macro, projectName: string) {
  const { path } = macro.template.source;
  return {
    name: dbtName(macro),
    resource_type: 'macro',
    package_name: projectName,
    path,
    original_file_path: path,
    unique_id: macroId(macro, projectName),
    macro_sql: bodyOf(macro),
    arguments: macro.parameters.map(({ name }) => ({ name })),
  };
}

function macroId(macro: Macro, projectName: string): string {
  return `macro.${projectName}.${dbtName(macro)}`;
}

function dbtName({ name, adapter }: Macro): string {
  return adapter === undefined ? name : `${adapter}__${name}`;
}

function bodyOf({ template: { source, program } }: Macro): string {
  const [first, last] = [program.body[0], program.body.at(-1)];
  return first === undefined || last === undefined ? '' : source.text.slice(first.loc.start, last.loc.end);
}
