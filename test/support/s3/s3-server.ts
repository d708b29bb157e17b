import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, answer } from './answer.ts';
import { type FaultKind, Faults } from './fault.ts';
import { MOST_KEYS } from './listing.ts';
import { MultipartUploads } from './multipart-uploads.ts';
import { ObjectStore } from './object-store.ts';
import { readOperation, type S3Request } from './operation.ts';
import { S3Error } from './s3-error.ts';
import { type AccessKey, verifySignature } from './signature.ts';
import { xmlDocument } from './xml.ts';

export interface S3ServerOptions {
  /** Secrets, or more, by access key id. */
  readonly accessKeys: Readonly<Record<string, string | AccessKey>>;
  readonly buckets: readonly string[];
  /** Where contents are kept; a scratch folder that `close` removes without it. */
  readonly folder?: string;
  readonly region?: string;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Most keys of a listing; S3's 1000 without it. */
  readonly pageSize?: number;
  /** Speaks TLS with this certificate. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** A request that was answered; status 0: its connection was cut. */
export interface LoggedRequest {
  readonly operation: string;
  readonly method: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
  readonly status: number;
  /** S3's code of an error. */
  readonly code: string | undefined;
}

/** An S3 server of one process for tests: real HTTP, real signatures, real checksums; contents in files. */
export interface S3Server {
  /** `http://127.0.0.1:PORT`, or https, to be addressed path style. */
  readonly endpoint: string;
  /** The script of what goes wrong. */
  readonly faults: Faults;
  /** All requests so far, in the order of their answers. */
  readonly requests: readonly LoggedRequest[];
  /** Keys of a bucket, in order. */
  readonly keys: (bucket: string) => readonly string[];
  /** An object's content, past HTTP; fails with an S3Error where there is none. */
  readonly read: (bucket: string, key: string) => Promise<Buffer>;
  /** Stores an object, past HTTP. */
  readonly put: (bucket: string, key: string, content: string) => void;
  /** Lets another access key speak to the server. */
  readonly admit: (id: string, key: AccessKey) => void;
  /** Uploads that are neither complete nor aborted. */
  readonly openUploads: (bucket: string) => readonly { readonly key: string }[];
  readonly close: () => Promise<void>;
}

/** Starts a server on 127.0.0.1. */
export async function startS3Server(options: S3ServerOptions): Promise<S3Server> {
  const store = new ObjectStore(options.folder);
  for (const bucket of options.buckets) store.createBucket(bucket);
  const keys = new Map<string, AccessKey>(
    Object.entries(options.accessKeys).map(([id, key]) => [
      id,
      typeof key === 'string' ? { secret: key } : key,
    ]),
  );
  const site = {
    ...{ store, keys, uploads: new MultipartUploads(store), region: options.region ?? 'us-east-1' },
    ...{ pageSize: options.pageSize ?? MOST_KEYS, faults: new Faults(), requests: [] as LoggedRequest[] },
  };
  const listener = (request: IncomingMessage, response: ServerResponse) =>
    void serve(site, request, response);
  const { tls } = options;
  const server = tls === undefined ? createServer(listener) : createSecureServer(tls, listener);
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    faults: site.faults,
    requests: site.requests,
    keys: (bucket) => store.list(bucket).map(({ key }) => key),
    read: async (bucket, key) => buffer(store.read(store.find(bucket, key))),
    put: (bucket, key, content) => store.putText(bucket, key, content),
    admit: (id, key) => keys.set(id, key),
    openUploads: (bucket) => site.uploads.list(bucket),
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      store.close();
    },
  };
}

interface Site {
  readonly store: ObjectStore;
  readonly uploads: MultipartUploads;
  readonly keys: ReadonlyMap<string, AccessKey>;
  readonly region: string;
  readonly pageSize: number;
  readonly faults: Faults;
  readonly requests: LoggedRequest[];
}

async function serve(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { socket } = request;
  const asked = readOperation(request);
  const fault = site.faults.next(asked);
  const log = (status: number, code?: string) => site.requests.push({ ...asked, status, code });
  try {
    const given = await outcome(site, request, asked, fault);
    if (fault?.kind === 'lost-answer') throw new Reset();
    await send(request, response, given, fault);
    log(given.status);
  } catch (error) {
    if (error instanceof S3Error) {
      log(error.status, error.code);
      request.resume();
      await send(request, response, errorAnswer(asked, error), undefined).catch(() => undefined);
    } else {
      log(0);
      socket.resetAndDestroy();
    }
  }
}

/** The connection is to be reset. */
class Reset extends Error {}

async function outcome(
  site: Site,
  request: IncomingMessage,
  asked: S3Request,
  fault: FaultKind | undefined,
): Promise<Answer> {
  verifySignature(request, site.keys, site.region, new Date());
  if (fault?.kind === 'error') throw new S3Error(fault.status, fault.code, fault.message ?? fault.code);
  const body = fault === undefined ? request : faulty(request, fault);
  if (fault?.kind === 'reset' && fault.afterBytes === undefined) throw new Reset();
  return answer({ ...site, ...asked, headers: request.headers, body, fault });
}

/** A body that arrives as slowly, or breaks off as early, as the fault says. */
async function* faulty(body: AsyncIterable<Buffer>, fault: FaultKind | undefined): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (fault?.kind === 'reset' && bytes >= (fault.afterBytes ?? 0)) throw new Reset();
    if (fault?.kind === 'slow') await sleep((piece.length / fault.bytesPerSecond) * 1000);
    yield piece;
  }
}

async function send(
  { method }: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: Answer,
  fault: FaultKind | undefined,
): Promise<void> {
  response.writeHead(status, { ...headers, 'x-amz-request-id': 'test' });
  if (method === 'HEAD' || body === '') {
    if (body instanceof Readable) body.destroy();
    response.end();
    return;
  }
  const pieces: AsyncIterable<Buffer> = body instanceof Readable ? body : Readable.from([Buffer.from(body)]);
  if (fault?.kind === 'truncated') await sendStart(response, pieces, fault.afterBytes);
  await pipeline(faulty(pieces, fault?.kind === 'slow' ? fault : undefined), response);
}

async function sendStart(
  response: ServerResponse,
  pieces: AsyncIterable<Buffer>,
  bytes: number,
): Promise<never> {
  let missing = bytes;
  for await (const piece of pieces) {
    await new Promise((resolve) => response.write(piece.subarray(0, missing), resolve));
    missing -= piece.length;
    if (missing <= 0) break;
  }
  await sleep(20);
  throw new Reset();
}

function errorAnswer({ method, bucket, key }: S3Request, error: S3Error): Answer {
  const { status, code, message, details } = error;
  const body = xmlDocument('Error', {
    Code: code,
    Message: message,
    Resource: `/${bucket}/${key}`,
    ...details,
  });
  const headers = { 'content-type': 'application/xml', 'content-length': Buffer.byteLength(body) };
  return { status, headers: method === 'HEAD' ? {} : headers, body: method === 'HEAD' ? '' : body };
}
