import { z } from 'zod';
import { postgresSettings } from './postgres-settings.ts';

const { host, user, database, sslmode, sslrootcert, connect_timeout, statement_timeout, keepalives_idle } =
  postgresSettings.shape;

/** What a target of the adapter `redshift` may set besides what every target may. */
export const redshiftSettings = z.strictObject({
  host: host.describe('The endpoint of the cluster or workgroup, without its port.'),
  port: z.coerce.number().int().min(1).max(65_535).optional().describe('5439.'),
  user,
  password: z.string().optional().describe('From the environment: {{env_var "REDSHIFT_PASSWORD"}}.'),
  database,
  iam_role: z
    .string()
    .regex(/^(?:default|arn:[\w:/+=,.@-]+)$/, { message: 'must be a role’s ARN, or "default"' })
    .optional()
    .describe('The role that COPY reads the landing zone with: its ARN, or "default" for the cluster’s own.'),
  ...{ sslmode, sslrootcert, connect_timeout, statement_timeout, keepalives_idle },
});
