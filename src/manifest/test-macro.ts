import { z } from 'zod';
import * as catalogue from '../diagnostic/catalogue/manifest.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import { yamlValue } from '../project/project-schema.ts';
import { type Macro, type MacroParameter, macroBody } from '../template/macro.ts';
import type { NamedTest } from './generic-test-alias.ts';
import type { GenericTestSignature } from './generic-test-signature.ts';
import type { Macros } from './template-facts.ts';

const PREFIX = 'test_';

/** What a test macro gets without its being written as an argument: the tested relation and the tested column. */
const MODEL = 'model';
const COLUMN = 'column_name';

/**
 * The generic tests that a project's macros are, by the names that YAML gives them: `test_is_even` is `is_even`.
 * One that takes the name of a test of the catalogue takes its place, and a warning says so.
 */
export function macroTests(
  { library, adapter }: Macros,
  known: ReadonlyMap<string, NamedTest>,
  report: Report,
): ReadonlyMap<string, NamedTest> {
  const found = new Map<string, NamedTest>();
  for (const [name, bodies] of library.macros) {
    const macro = macroBody(bodies, adapter) ?? bodies[0];
    if (macro === undefined || !isTest(macro)) continue;
    const signature = signatureOf(macro);
    if (known.has(signature.name))
      report(catalogue.testHidden({ macro: name, test: signature.name, span: macro.span }));
    found.set(signature.name, { signature, alias: undefined });
  }
  return found;
}

/** Why a macro or function that is named like a test is none; undefined where there is nothing of that name. */
export function whyNoTest(test: string, { library }: Macros): string | undefined {
  const name = PREFIX + test;
  if (library.macros.has(name))
    return `The macro "${name}" is no test: its first parameter must be "${MODEL}", the tested relation.`;
  if (library.helpers.has(name))
    return `"${name}" is a function of a TypeScript macro file; call it in a macro of an .sql file: {{#macro "${name}" as |${MODEL}|}}.`;
  return undefined;
}

function isTest({ name, parameters }: Macro): boolean {
  return name.startsWith(PREFIX) && name.length > PREFIX.length && parameters[0]?.name === MODEL;
}

function signatureOf({ name, parameters }: Macro): GenericTestSignature {
  const column = parameters.find((parameter) => parameter.name === COLUMN);
  const written = parameters.filter((parameter) => parameter.name !== MODEL && parameter !== column);
  return {
    name: name.slice(PREFIX.length),
    macro: name,
    schema: z.strictObject(
      Object.fromEntries(written.map((parameter) => [parameter.name, argumentOf(parameter)])),
    ),
    relationArguments: [],
    column: column === undefined ? 'never' : column.optional ? 'optional' : 'required',
  };
}

/** A default tells what an argument may be: true or false, or something that can be printed. */
function argumentOf({ optional, default: standard }: MacroParameter): z.ZodType {
  if (!optional) return z.unknown().nonoptional();
  if (typeof standard === 'boolean') return z.boolean().optional();
  if (typeof standard !== 'string' && typeof standard !== 'number') return yamlValue.optional();
  return z.union([z.string(), z.number()], { error: 'must be text or a number' }).optional();
}
