import { type Behaviour, doc, issue, memory } from './behaviour.ts';

/** What the stand-in does otherwise than PostgreSQL around statements: at the login, in answers and in errors. */
export const SESSION_BEHAVIOURS: readonly Omit<Behaviour, 'apply'>[] = [
  {
    name: 'a login that sets a parameter which Redshift does not know is refused with 42704',
    source: issue('typelevel/skunk#229, stripe-archive/mosql#38'),
    remembered: ['lock_timeout, idle_in_transaction_session_timeout and options are not known at a login'],
  },
  {
    name: 'temporary credentials are taken over TLS only, and until they expire; sessions outlive them',
    source: issue('brianc/node-postgres#1528'),
  },
  {
    name: 'every text in an answer is a varchar',
    source: issue('dbt-redshift and redshift_connector: the numbers of types'),
  },
  {
    name: 'a backslash in a literal is an escape',
    source: doc('r_CREATE_USER, r_QUOTE_LITERAL'),
  },
  {
    name: 'names are of up to 127 bytes, and longer ones are cut',
    source: doc('r_names'),
  },
  {
    name: 'trailing blanks do not count where texts are compared, grouped and joined',
    source: doc('r_Character_types'),
  },
  {
    name: 'a transaction reads what its first statement found; SERIALIZABLE and SNAPSHOT conflicts are 1023',
    source: doc('c_serial_isolation, c_serial_isolation-serializable-isolation-troubleshooting'),
    remembered: [
      'a row that was changed since the snapshot is refused with XX000 and 1023, in SNAPSHOT isolation, too',
    ],
  },
  {
    name: 'a user without rights is refused: permission denied for schema, permission denied for relation',
    source: doc('r_GRANT'),
    remembered: ['who may not read a table hears “permission denied for relation”, with 42501'],
  },
  {
    name: 'SVV_ROLES and the views of privileges show a user who is no superuser those identities that they have access to',
    source: doc('r_SVV_ROLES, r_SVV_RELATION_PRIVILEGES, r_SVV_SCHEMA_PRIVILEGES'),
    remembered: [
      'who owns a table grants to a role and revokes from one that SVV_ROLES does not show them',
      'a user or role that is not there is refused with “does not exist”, also by REVOKE',
    ],
  },
  {
    name: 'a reader waits for a transaction that replaces what it reads; Redshift is said to fail it instead where a relation is dropped or renamed',
    source: issue('dbt-labs/dbt-adapters#2162, dbt-labs/dbt-core#3112'),
    remembered: [
      'readers beside CREATE OR REPLACE VIEW in a transaction see one state in all views, without an error',
      'readers beside dropped views and renamed tables in a transaction see one state, or hear of a relation that is gone',
    ],
  },
  {
    name: 'an error ends the transaction that it is in',
    source: memory('as PostgreSQL does, and transactions have no savepoints'),
  },
  {
    name: "what was cancelled says “Query (150) canceled on user's request”",
    source: doc('r_statement_timeout'),
  },
];
