// The parts of knex that the query builder is made of; knex declares only its whole.
declare module 'knex/lib/dialects/postgres/index.js' {
  import type { Knex } from 'knex';

  const Client: typeof Knex.Client;
  export default Client;
}

declare module 'knex/lib/knex-builder/make-knex.js' {
  import type { Knex } from 'knex';

  export default function makeKnex(client: Knex.Client): Knex;
}
