import { z } from 'zod';
import { modelConfigSchema, seedConfigSchema, testConfigSchema } from '../../src/manifest/config-schema.ts';
import { spellingsOf } from '../../src/project/key-aliases.ts';
import { landingSettings } from '../../src/project/landing-settings.ts';
import { postgresSettings } from '../../src/project/postgres-settings.ts';
import { projectSchema } from '../../src/project/project-schema.ts';
import { redshiftSettings } from '../../src/project/redshift-settings.ts';
import { code, table } from './markdown.ts';
import { isRequired, membersOf, type SchemaText, typeText } from './schema-text.ts';

export const modelConfigs = () => introduced(keyTable(modelConfigSchema));
export const seedConfigs = () => introduced(keyTable(seedConfigSchema));
export const landingKeys = () => introduced(keyTable(landingSettings));
export const testConfigs = () => introduced(keyTable(testConfigSchema));

/** The keys of project.yml, those of any target, and those of a target on PostgreSQL, on Redshift, and in S3. */
export function projectKeys(): string {
  const target = membersOf(jsonOf(projectSchema)).find(([name]) => name === 'targets')?.[1] as
    | { readonly additionalProperties?: SchemaText }
    | undefined;
  return [
    ...[introduced(keyTable(projectSchema)), '### A target', rows(target?.additionalProperties ?? {}, {})],
    'A target whose batches land in S3 has the keys of [land in S3](land-in-s3.md#settings) too.',
    ...['### A target on PostgreSQL', keyTable(postgresSettings)],
    ...['### A target on Redshift', keyTable(redshiftSettings)],
    ...['### `iam` of a target on Redshift', keyTable(redshiftSettings.shape.iam.unwrap())],
  ].join('\n\n');
}

function introduced(keys: string): string {
  return `What follows the last semicolon is the default.\n\n${keys}`;
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
