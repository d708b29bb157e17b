import type { Client, FieldDef } from 'pg';

/** The names of types as the engine's catalog writes them, `numeric(18,2)`, looked up once for each type and width. */
export class TypeNames {
  readonly #known = new Map<string, string>();

  /** The names of a result's columns' types, in order; asks the server only for those that it has not named yet. */
  async of(client: Client, fields: readonly FieldDef[]): Promise<readonly string[]> {
    const unknown = new Set(fields.map(keyOf).filter((key) => !this.#known.has(key)));
    if (unknown.size > 0) await this.#learn(client, [...unknown]);
    return fields.map((field) => this.#known.get(keyOf(field)) ?? '');
  }

  async #learn(client: Client, keys: readonly string[]): Promise<void> {
    const names = keys.map((key) => `format_type(${key})`).join(', ');
    const { rows } = await client.query<string[]>({ text: `select ${names}`, rowMode: 'array' });
    for (const [index, key] of keys.entries()) this.#known.set(key, rows[0]?.[index] ?? '');
  }
}

/** The arguments of `format_type`. */
function keyOf({ dataTypeID, dataTypeModifier }: FieldDef): string {
  return `${dataTypeID}, ${dataTypeModifier}`;
}
