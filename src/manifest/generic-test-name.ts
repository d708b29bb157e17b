import { hash } from 'node:crypto';
import type { YamlValue } from '../project/project.ts';

const LONGEST = 63;
const KEPT = 30;

/**
 * The name of a generic test as dbt makes it: test, tested node, then the arguments in the order of their names:
 * `accepted_values_orders_status__placed__shipped`. A name of 64 or more characters keeps 30 and ends in a hash of all.
 */
export function genericTestName(
  testName: string,
  tested: string,
  args: Readonly<Record<string, YamlValue>>,
): string {
  const texts = Object.keys(args)
    .toSorted()
    .flatMap((name) => flatTexts(args[name] ?? null))
    .map((text) => text.replace(/[^0-9a-zA-Z_]+/g, '_'));
  const identifier = `${testName}_${tested}`;
  const name = `${identifier}_${texts.join('__')}`;
  return name.length <= LONGEST ? name : `${identifier.slice(0, KEPT)}_${hex(name, 32)}`;
}

function flatTexts(value: YamlValue): string[] {
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.values(value).map((item: YamlValue) =>
    typeof item === 'object' ? JSON.stringify(item) : String(item),
  );
}

/** The ten hex digits that end a generic test's unique id: of its name and its arguments. */
export function genericTestHash(name: string, args: Readonly<Record<string, YamlValue>>): string {
  return hex(name + canonicalJson(args), 10);
}

/** JSON with the keys of mappings in order. */
function canonicalJson(value: YamlValue): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : item,
  );
}

function hex(text: string, digits: number): string {
  return hash('sha256', text).slice(0, digits);
}
