/** A relation is the address of a table or view: schema and identifier; the database is the target's. */
export interface Relation {
  readonly schema: string;
  readonly name: string;
}
