import { z } from 'zod';
import { spellingsOf } from './key-aliases.ts';

/** A JSON Schema (draft 2020-12), as editors read it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The JSON Schema of a kind of YAML file, with the further spellings of its keys. */
export function jsonSchemaOf(schema: z.core.$ZodType, title: string): JsonSchema {
  const converted = z.toJSONSchema(schema, {
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const { properties } = jsonSchema;
      if (properties === undefined) return;
      for (const [spelling, key] of Object.entries(spellingsIn(zodSchema, Object.keys(properties)))) {
        const meant = properties[key];
        if (meant !== undefined) properties[spelling] = meant;
      }
    },
  });
  return { title, ...converted };
}

/** Spellings of an object's keys: its aliases, and dbt's kebab-case of paths. */
function spellingsIn(schema: z.core.$ZodType, keys: readonly string[]): Readonly<Record<string, string>> {
  const kebab = keys
    .filter((key) => key.includes('_'))
    .map((key) => [key.replaceAll('_', '-'), key] as const);
  return { ...Object.fromEntries(kebab), ...spellingsOf(schema) };
}
