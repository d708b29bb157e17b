import { code } from './markdown.ts';

/** As much of a JSON Schema as pages tell. */
export interface SchemaText {
  readonly type?: string | readonly string[] | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly const?: unknown;
  readonly anyOf?: readonly unknown[] | undefined;
  readonly items?: unknown;
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly default?: unknown;
  readonly description?: string | undefined;
}

/** The members of an object, by name. */
export function membersOf(schema: object): readonly (readonly [string, SchemaText])[] {
  return Object.entries((schema as SchemaText).properties ?? {}).map(([name, member]) => [
    name,
    member as SchemaText,
  ]);
}

export function isRequired(schema: object, name: string): boolean {
  return (schema as SchemaText).required?.includes(name) ?? false;
}

/** What a value may be, in words. */
export function typeText(schema: SchemaText): string {
  if (schema.const !== undefined) return code(JSON.stringify(schema.const));
  if (schema.enum !== undefined) return schema.enum.map((value) => code(String(value))).join(', ');
  if (schema.anyOf !== undefined) {
    return [...new Set(schema.anyOf.map((one) => typeText(one as SchemaText)))].join(' or ');
  }
  if (Array.isArray(schema.type)) return schema.type.map((type: string) => typeText({ type })).join(' or ');
  switch (schema.type) {
    case 'array':
      return `a list${listOf(schema.items)}`;
    case 'object':
      return 'a mapping';
    case 'string':
      return 'text';
    case 'integer':
      return 'a whole number';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    default:
      return 'any value';
  }
}

function listOf(items: unknown): string {
  const text = typeText((items ?? {}) as SchemaText);
  return text === 'text' ? ' of texts' : '';
}
