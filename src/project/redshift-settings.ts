import { z } from 'zod';
import { postgresSettings } from './postgres-settings.ts';

const { host, user, database, sslmode, sslrootcert, connect_timeout, statement_timeout, keepalives_idle } =
  postgresSettings.shape;

const name = z.string().min(1, { message: 'must not be empty' });

const DURATION = { message: 'must be a number of seconds, 900 to 3600' };

/** How temporary database credentials are asked for. */
const iamSettings = z.strictObject({
  cluster_identifier: name.optional().describe('The provisioned cluster to log in to.'),
  workgroup_name: name.optional().describe('The serverless workgroup to log in to.'),
  db_user: name
    .optional()
    .describe('The database user of a cluster; without it, the one that belongs to the IAM identity.'),
  auto_create: z.boolean().optional().describe('Make the user where it does not exist; false.'),
  db_groups: z.array(name).optional().describe('Groups that the user is in while it is logged in.'),
  duration: z.coerce
    .number(DURATION)
    .int(DURATION)
    .min(900, DURATION)
    .max(3600, DURATION)
    .optional()
    .describe('Seconds that the credentials hold; 900.'),
  region: name
    .optional()
    .describe('The region of the cluster; that in its host, else that of the AWS setup.'),
  endpoint: z
    .url({ protocol: /^https?$/, error: 'must be a URL: https://…' })
    .optional()
    .describe('Where the credentials are asked for; Amazon’s own.'),
});

/** What a target of the adapter `redshift` may set besides what every target may. */
export const redshiftSettings = z.strictObject({
  host: host.describe('The endpoint of the cluster or workgroup, without its port.'),
  port: z.coerce.number().int().min(1).max(65_535).optional().describe('5439.'),
  user: user.optional().describe('Who logs in. With `iam` AWS says who.'),
  password: z.string().optional().describe('From the environment: {{env_var "REDSHIFT_PASSWORD"}}.'),
  database,
  iam: iamSettings
    .optional()
    .describe('Log in with temporary credentials of AWS IAM in place of "user" and "password".'),
  iam_role: z
    .string()
    .regex(/^(?:default|arn:[\w:/+=,.@-]+)$/, { message: 'must be a role’s ARN, or "default"' })
    .optional()
    .describe(
      'The role that COPY reads the landing zone with: its ARN, a chain of ARNs with commas, or "default" for the cluster’s own.',
    ),
  query_group: name
    .optional()
    .describe('The query group of all statements, for queues; without it, it names the run and the node.'),
  sslmode,
  sslrootcert,
  connect_timeout,
  statement_timeout,
  keepalives_idle,
});

export type RedshiftSettings = z.infer<typeof redshiftSettings>;

/** How temporary database credentials are asked for. */
export type IamSettings = z.infer<typeof iamSettings>;
