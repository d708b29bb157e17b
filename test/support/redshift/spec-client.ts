import type { Client, QueryResult } from 'pg';

/** What the schema of a run is called in the statements of specs. */
const SPEC = /\bspec\b/g;

/** A connection on which the schema `spec` is the one that belongs to the run. */
export class SpecClient {
  readonly #client: Client;
  readonly #schema: string;

  constructor(client: Client, schema: string) {
    this.#client = client;
    this.#schema = schema;
  }

  query(sql: string, values?: readonly unknown[]): Promise<QueryResult> {
    return this.#client.query(this.placed(sql), values === undefined ? undefined : [...values]);
  }

  /** The rows as arrays of texts. */
  async rows(sql: string): Promise<readonly (readonly (string | null)[])[]> {
    const types = { getTypeParser: () => String };
    return (await this.#client.query({ text: this.placed(sql), rowMode: 'array', types })).rows;
  }

  /** A text that names the schema as the server knows it. */
  placed(sql: string): string {
    return sql.replace(SPEC, this.#schema);
  }
}
