import { z } from 'zod';
import type { YamlValue } from './project.ts';

/** Other spellings of an object's keys, such as dbt's `data_tests` for `tests`. */
const aliases = z.registry<{ readonly of: Readonly<Record<string, string>> }>();

/** An object without unknown keys; `spellings` maps further spellings to its keys. Kebab-case is always accepted. */
export function keyed<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
  spellings: Readonly<Record<string, string>> = {},
) {
  const object = z.strictObject(shape);
  aliases.add(object, { of: spellings });
  return object;
}

/** The further spellings of an object schema's keys. */
export function spellingsOf(schema: z.core.$ZodType): Readonly<Record<string, string>> {
  return aliases.get(schema)?.of ?? {};
}

/** A value with its keys as the schema spells them, and how the author spelt those that were changed. */
export interface Canonical {
  readonly value: YamlValue;
  /** The author's spelling of a key of one of the objects in `value`. */
  readonly written: (object: unknown, key: PropertyKey) => PropertyKey;
}

/** Renames kebab-case keys and aliases to the schema's; a key whose right spelling is there too stays, and is unknown. */
export function canonicalKeys(value: YamlValue, schema: z.core.$ZodType): Canonical {
  const renamed = new WeakMap<object, ReadonlyMap<PropertyKey, string>>();
  return {
    value: rename(value, schema, renamed),
    written: (object, key) =>
      (typeof object === 'object' && object !== null ? renamed.get(object)?.get(key) : undefined) ?? key,
  };
}

type Renamed = WeakMap<object, ReadonlyMap<PropertyKey, string>>;

function rename(value: YamlValue, schema: z.core.$ZodType, renamed: Renamed): YamlValue {
  if (typeof value !== 'object' || value === null) return value;
  const container = containerFor(value, schema);
  if (container === undefined) return value;
  const { def } = container._zod;
  if (isList(value)) {
    const element = (def as z.core.$ZodArrayDef).element;
    return value.map((item) => rename(item, element, renamed));
  }
  if (def.type === 'record') {
    const { valueType } = def as z.core.$ZodRecordDef;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, rename(item, valueType, renamed)]),
    );
  }
  return renameKeys(value, container, (def as z.core.$ZodObjectDef).shape, renamed);
}

function renameKeys(
  value: { readonly [key: string]: YamlValue },
  schema: z.core.$ZodType,
  shape: z.core.$ZodLooseShape,
  renamed: Renamed,
): YamlValue {
  const spellings = spellingsOf(schema);
  const names = new Map<PropertyKey, string>();
  const result: Record<string, YamlValue> = {};
  for (const [written, item] of Object.entries(value)) {
    const snake = written.replaceAll('-', '_');
    const meant = spellings[written] ?? spellings[snake] ?? snake;
    const key =
      meant !== written && Object.hasOwn(shape, meant) && !(meant in value) && !(meant in result)
        ? meant
        : written;
    if (key !== written) names.set(key, written);
    const member = Object.hasOwn(shape, key) ? shape[key] : undefined;
    result[key] = member === undefined ? item : rename(item, member, renamed);
  }
  if (names.size > 0) renamed.set(result, names);
  return result;
}

/** The array, record or object schema that a list or mapping is meant for. */
export function containerFor(value: YamlValue, schema: z.core.$ZodType): z.core.$ZodType | undefined {
  const { def } = schema._zod;
  switch (def.type) {
    case 'array':
      return isList(value) ? schema : undefined;
    case 'record':
    case 'object':
      return isList(value) ? undefined : schema;
    case 'optional':
    case 'nullable':
    case 'default':
      return containerFor(value, (def as z.core.$ZodOptionalDef).innerType);
    case 'pipe':
      return containerFor(value, (def as z.core.$ZodPipeDef).in);
    case 'lazy':
      return containerFor(value, (def as z.core.$ZodLazyDef).getter());
    case 'union':
      return (def as z.core.$ZodUnionDef).options
        .map((option) => containerFor(value, option))
        .find((container) => container !== undefined);
    default:
      return undefined;
  }
}

function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}
