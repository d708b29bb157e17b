import { z } from 'zod';
import { modelConfigSchema, seedConfigSchema, testConfigSchema } from '../../src/manifest/config-schema.ts';
import { spellingsOf } from '../../src/project/key-aliases.ts';
import { landingSettings } from '../../src/project/landing-settings.ts';
import { postgresSettings } from '../../src/project/postgres-settings.ts';
import { projectSchema } from '../../src/project/project-schema.ts';
import { code, table } from './markdown.ts';
import { isRequired, membersOf, type SchemaText, typeText } from './schema-text.ts';

export const modelConfigs = () => keyTable(modelConfigSchema);
export const seedConfigs = () => keyTable(seedConfigSchema);
export const landingKeys = () => keyTable(landingSettings);
export const testConfigs = () => keyTable(testConfigSchema);

/** The keys of project.yml, those of a target, and those of a target on PostgreSQL. */
export function projectKeys(): string {
  const target = membersOf(jsonOf(projectSchema)).find(([name]) => name === 'targets')?.[1] as
    | { readonly additionalProperties?: SchemaText }
    | undefined;
  return [
    ...[keyTable(projectSchema), '### A target', rows(target?.additionalProperties ?? {}, {})],
    ...['### A target on PostgreSQL', keyTable(postgresSettings)],
  ].join('\n\n');
}

function keyTable(schema: z.ZodObject): string {
  return rows(jsonOf(schema), spellingsOf(schema));
}

function jsonOf(schema: z.ZodType): object {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
}

function rows(schema: object, spellings: Readonly<Record<string, string>>): string {
  const cells = membersOf(schema).map(([name, member]) => {
    const others = Object.entries(spellings).flatMap(([spelling, key]) => (key === name ? [spelling] : []));
    const names = [name, ...others].map(code).join(', ');
    const required = isRequired(schema, name) ? 'Required. ' : '';
    return [names, typeText(member), `${required}${member.description ?? ''}`.trim()];
  });
  return table(['key', 'value', 'what it says'], cells);
}
