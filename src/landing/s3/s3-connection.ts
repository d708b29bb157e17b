import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { secrets } from '../../diagnostic/redaction.ts';
import { proxyAgents } from '../../network/environment-proxy.ts';
import type { LandingPlace } from '../../project/project.ts';
import { errorName, s3Failure } from './s3-failure.ts';

/** Each request is sent so often at most, with the SDK's growing delays between. */
const ATTEMPTS = 6;
const CONNECT_MS = 5_000;
/** A connection on which nothing moves for so long is given up, and its request sent again. */
const IDLE_MS = 60_000;

/**
 * A connection to S3: requests are signed with the credentials of the SDK's default chain, and sent again after errors
 * of the server or the network. What fails for good is a DiagnosticError.
 */
export class S3Connection {
  readonly #place: LandingPlace;
  #client: S3Client;
  #renewed: Promise<boolean> | undefined;

  constructor(place: LandingPlace) {
    this.#place = place;
    this.#client = connect(place);
  }

  /** Does what needs a client and cannot be begun anew. */
  async once<Result>(task: string, work: (client: S3Client) => Promise<Result>): Promise<Result> {
    try {
      return await work(this.#client);
    } catch (error) {
      throw s3Failure(this.#place, task, error);
    }
  }

  /** Does what needs a client. Work must bear to be begun anew: credentials that expire in the middle are read again, once. */
  async use<Result>(task: string, work: (client: S3Client) => Promise<Result>): Promise<Result> {
    const client = this.#client;
    let begunWith: Credentials | undefined;
    try {
      begunWith = await client.config.credentials();
      return await work(client);
    } catch (error) {
      const renewed = EXPIRED.includes(errorName(error)) && (await this.#renew(client, begunWith));
      if (!renewed) throw s3Failure(this.#place, task, error);
    }
    return this.once(task, work);
  }

  /** Whether there are other credentials now than those that the work began with; its client may have renewed its own. */
  async #renew(client: S3Client, begunWith: Credentials | undefined): Promise<boolean> {
    if (this.#client !== client) return true;
    this.#renewed ??= this.#replaceClient(begunWith).finally(() => {
      this.#renewed = undefined;
    });
    return this.#renewed;
  }

  async #replaceClient(expired: Credentials | undefined): Promise<boolean> {
    const next = connect(this.#place);
    const now = await next.config.credentials();
    if (expired?.accessKeyId === now.accessKeyId && expired.sessionToken === now.sessionToken) return false;
    this.#client = next;
    return true;
  }
}

type Credentials = Awaited<ReturnType<S3Client['config']['credentials']>>;

const EXPIRED = ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired'];

function connect({ region, endpoint, forcePathStyle }: LandingPlace): S3Client {
  // The SDK would warn of the end of its support for Node 20, which is for us to tell, not for a user of ours.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  // Handed on to the credential providers: files of credentials are read anew by every client.
  const fresh = { ignoreCache: true };
  const config: S3ClientConfig = {
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint, region: region ?? process.env['AWS_REGION'] ?? 'us-east-1' }),
    ...(forcePathStyle !== undefined && { forcePathStyle }),
    maxAttempts: ATTEMPTS,
    // A request goes through the same steps as the one before it: they are put together once for each kind.
    cacheMiddleware: true,
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: IDLE_MS, ...proxyAgents() },
  };
  const client = new S3Client({ ...config, ...fresh });
  hideCredentials(client);
  // It writes requests down for a logger that there is not.
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}

/** What the chain of credentials gives, it gives at run time: it is hidden before a request is signed with it. */
function hideCredentials(client: S3Client): void {
  client.middlewareStack.add(
    (next) => async (request) => {
      const { secretAccessKey, sessionToken } = await client.config.credentials();
      secrets.hide(secretAccessKey);
      if (sessionToken !== undefined) secrets.hide(sessionToken);
      return next(request);
    },
    { step: 'finalizeRequest', priority: 'high', name: 'hideCredentials' },
  );
}
