import { z } from 'zod';

const name = z.string().min(1, { message: 'must not be empty' });

/** A number of seconds, also as the text that the environment gives. */
const SECONDS = { message: 'must be a number of seconds, at most 86400' };
const seconds = z.coerce.number(SECONDS).min(0, SECONDS).max(86_400, SECONDS);

const PORT = { message: 'must be a port, 1 to 65535' };

/** What a target of the adapter `postgres` may set besides what every target may. */
export const postgresSettings = z.strictObject({
  host: name.describe('The server: a name, an address, or the folder of its socket.'),
  port: z.coerce.number(PORT).int(PORT).min(1, PORT).max(65_535, PORT).optional().describe('5432.'),
  user: name.describe('Who logs in.'),
  password: z
    .string()
    .optional()
    .describe('From the environment: {{env_var "PGPASSWORD"}}. Without it, none is sent.'),
  database: name.describe('The database, which must exist.'),
  role: name.optional().describe('A role to take on after the login, which then owns what is built.'),
  sslmode: z
    .enum(['disable', 'require', 'verify-ca', 'verify-full'])
    .optional()
    .describe(
      'TLS; "verify-full", which also checks the name in the certificate, and on localhost "disable".',
    ),
  sslrootcert: name
    .optional()
    .describe('File with the certificate authorities to trust, relative to the project; those of Node.js.'),
  connect_timeout: seconds.optional().describe('Seconds to wait for a connection; 10.'),
  statement_timeout: seconds.optional().describe('Seconds that a statement may take, 0 for any number; 0.'),
  keepalives_idle: seconds
    .optional()
    .describe('Seconds until an idle connection is probed, 0 for never; 30.'),
});

export type PostgresSettings = z.infer<typeof postgresSettings>;
