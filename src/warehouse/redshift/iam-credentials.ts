import { missingCredentialClient, noCredentials } from '../../diagnostic/catalogue/connection.ts';
import { DiagnosticError } from '../../diagnostic/diagnostic.ts';
import { secrets } from '../../diagnostic/redaction.ts';
import { type ProxyAgents, proxyAgents } from '../../network/environment-proxy.ts';
import type { IamSettings, RedshiftSettings } from '../../project/redshift-settings.ts';
import type { TemporaryCredentials } from './temporary-login.ts';

const CLUSTER_CLIENT = '@aws-sdk/client-redshift';
const WORKGROUP_CLIENT = '@aws-sdk/client-redshift-serverless';

/**
 * Asks AWS for database credentials, with the AWS credentials of this process. User and password are as AWS gives them:
 * `IAM:name`, `IAMR:name`. Throws a `DiagnosticError` where AWS refuses, or its client is not installed.
 */
export async function requestCredentials(
  iam: IamSettings,
  target: Pick<RedshiftSettings, 'host' | 'database'>,
): Promise<TemporaryCredentials> {
  // As for S3: the end of the SDK's support for a version of Node.js is for us to tell.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const region = iam.region ?? regionOf(target.host);
  const proxies = proxyAgents();
  const client = {
    ...(region !== undefined && { region }),
    ...(iam.endpoint !== undefined && { endpoint: iam.endpoint }),
    ...(proxies !== undefined && { requestHandler: proxies }),
  };
  try {
    return iam.workgroup_name === undefined
      ? await ofCluster(iam, target.database, client)
      : await ofWorkgroup(iam, target.database, client);
  } catch (error) {
    if (error instanceof DiagnosticError) throw error;
    const { workgroup_name: workgroup, cluster_identifier: cluster } = iam;
    const from = workgroup === undefined ? `cluster "${cluster}"` : `workgroup "${workgroup}"`;
    throw new DiagnosticError([
      noCredentials({ from, reason: error instanceof Error ? error.message : String(error) }),
    ]);
  }
}

/** Client options of the AWS SDK. */
interface ClientOptions {
  readonly region?: string;
  readonly endpoint?: string;
  readonly requestHandler?: ProxyAgents;
}

async function ofCluster(
  iam: IamSettings,
  database: string,
  options: ClientOptions,
): Promise<TemporaryCredentials> {
  const sdk = await installed(CLUSTER_CLIENT, () => import('@aws-sdk/client-redshift'));
  const client = new sdk.RedshiftClient(options);
  const common = {
    ClusterIdentifier: iam.cluster_identifier,
    DbName: database,
    DurationSeconds: iam.duration,
  };
  try {
    const answer =
      iam.db_user === undefined
        ? await client.send(new sdk.GetClusterCredentialsWithIAMCommand(common))
        : await client.send(
            new sdk.GetClusterCredentialsCommand({
              ...common,
              DbUser: iam.db_user,
              AutoCreate: iam.auto_create,
              DbGroups: iam.db_groups,
            }),
          );
    return credentials(answer.DbUser, answer.DbPassword, answer.Expiration);
  } finally {
    client.destroy();
  }
}

async function ofWorkgroup(
  iam: IamSettings,
  database: string,
  options: ClientOptions,
): Promise<TemporaryCredentials> {
  const sdk = await installed(WORKGROUP_CLIENT, () => import('@aws-sdk/client-redshift-serverless'));
  const client = new sdk.RedshiftServerlessClient(options);
  try {
    const answer = await client.send(
      new sdk.GetCredentialsCommand({
        workgroupName: iam.workgroup_name,
        dbName: database,
        durationSeconds: iam.duration,
      }),
    );
    return credentials(answer.dbUser, answer.dbPassword, answer.expiration);
  } finally {
    client.destroy();
  }
}

function credentials(
  user: string | undefined,
  password: string | undefined,
  expires: Date | undefined,
): TemporaryCredentials {
  if (user === undefined || password === undefined || expires === undefined)
    throw new Error('the answer holds no user, password and expiration.');
  secrets.hide(password);
  return { user, password, expires };
}

/** The region that Amazon's own host names tell: `analytics.abc123.eu-west-1.redshift.amazonaws.com`. */
function regionOf(host: string): string | undefined {
  return /\.([a-z0-9-]+)\.redshift(?:-serverless)?\.amazonaws\.com(?:\.cn)?$/.exec(host)?.[1];
}

/** An optional library, or a diagnostic that says how to install it. */
export async function installed<Library>(library: string, load: () => Promise<Library>): Promise<Library> {
  try {
    return await load();
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    if (!isMissing || !error.message.includes(library)) throw error;
    throw new DiagnosticError([missingCredentialClient({ library })]);
  }
}
