import type { YamlValue } from '../project/project.ts';
import type { GenericTestAlias, GenericTestSignature } from './generic-test-signature.ts';
import type { ReadTestEntry, TestArgument } from './test-entry.ts';

/** A generic test under a name that YAML may give it. */
export interface NamedTest {
  readonly signature: GenericTestSignature;
  /** Where the name is none of ours. */
  readonly alias: GenericTestAlias | undefined;
}

/** Every name of every generic test, those of other packages included. */
export function testNames(signatures: readonly GenericTestSignature[]): ReadonlyMap<string, NamedTest> {
  const names = new Map<string, NamedTest>();
  for (const signature of signatures) {
    names.set(signature.name, { signature, alias: undefined });
    for (const alias of signature.aliases ?? []) names.set(alias.name, { signature, alias });
  }
  return names;
}

/** dbt_expectations' argument for the config `where`. */
const ROW_CONDITION = 'row_condition';

/**
 * An entry with the arguments under our names, at their places in YAML. What stands there under both names stays as it is
 * written, so that it is refused.
 */
export function underOurNames(read: ReadTestEntry, { alias }: NamedTest): ReadTestEntry {
  if (alias === undefined) return read;
  const { [ROW_CONDITION]: condition, ...args } = read.arguments;
  if (typeof condition?.value !== 'string' || Object.hasOwn(read.config, 'where'))
    return { ...read, arguments: renamed(read.arguments, alias) };
  const where = { value: condition.value, span: read.span };
  return { ...read, arguments: renamed(args, alias), config: { ...read.config, where } };
}

const NEGATION = /^not /;

function renamed(
  written: ReadTestEntry['arguments'],
  { arguments: names = {} }: GenericTestAlias,
): ReadTestEntry['arguments'] {
  return Object.fromEntries(
    Object.entries(written).map(([name, argument]) => {
      const target = Object.hasOwn(names, name) ? (names[name] ?? name) : name;
      const plain = target.replace(NEGATION, '');
      if (plain === name || Object.hasOwn(written, plain)) return [name, argument];
      return [plain, NEGATION.test(target) ? negated(argument) : argument];
    }),
  );
}

function negated({ value, path }: TestArgument): TestArgument {
  const opposite: YamlValue = typeof value === 'boolean' ? !value : value;
  return { value: opposite, path };
}
