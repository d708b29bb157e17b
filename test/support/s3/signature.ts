import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { S3Error } from './s3-error.ts';

/** Who may speak to the server. Temporary credentials have a session token, and may expire. */
export interface AccessKey {
  readonly secret: string;
  readonly sessionToken?: string;
  readonly expiresAt?: Date;
}

const MOST_SKEW_MS = 15 * 60 * 1000;

/** Checks a request's signature (AWS Signature Version 4, in headers) and gives the access key's id; throws an S3Error. */
export function verifySignature(
  request: IncomingMessage,
  keys: ReadonlyMap<string, AccessKey>,
  region: string,
  now: Date,
): string {
  const { id, day, scopeRegion, signedHeaders, signature } = readAuthorization(
    header(request, 'authorization'),
  );
  const key = keys.get(id);
  if (key === undefined) {
    throw new S3Error(
      403,
      'InvalidAccessKeyId',
      'The AWS Access Key Id you provided does not exist in our records.',
    );
  }
  if (scopeRegion !== region) {
    const message = `The authorization header is malformed; the region '${scopeRegion}' is wrong; expecting '${region}'`;
    throw new S3Error(400, 'AuthorizationHeaderMalformed', message, { Region: region });
  }
  const date = header(request, 'x-amz-date');
  if (Math.abs(timeOf(date) - now.getTime()) > MOST_SKEW_MS) {
    const message = 'The difference between the request time and the current time is too large.';
    throw new S3Error(403, 'RequestTimeTooSkewed', message);
  }
  const scope = `${day}/${scopeRegion}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', date, scope, sha256(canonicalRequest(request, signedHeaders))].join('\n');
  const signingKey = [day, scopeRegion, 's3', 'aws4_request'].reduce<Buffer>(
    (before, part) => hmac(before, part),
    Buffer.from(`AWS4${key.secret}`),
  );
  if (!sameBytes(hmac(signingKey, text), Buffer.from(signature, 'hex'))) {
    const message = 'The request signature we calculated does not match the signature you provided.';
    throw new S3Error(403, 'SignatureDoesNotMatch', message);
  }
  checkToken(request, key, now);
  return id;
}

function readAuthorization(authorization: string) {
  if (authorization === '') throw new S3Error(403, 'AccessDenied', 'Access Denied');
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      authorization,
    );
  if (match === null)
    throw new S3Error(400, 'AuthorizationHeaderMalformed', 'The authorization header is malformed.');
  const [, id = '', day = '', scopeRegion = '', names = '', signature = ''] = match;
  return { id, day, scopeRegion, signedHeaders: names.split(';'), signature };
}

/** All headers that S3 cares for must be signed. */
function canonicalRequest(request: IncomingMessage, signedHeaders: readonly string[]): string {
  const unsigned = Object.keys(request.headers).find(
    (name) => (name === 'host' || name.startsWith('x-amz-')) && !signedHeaders.includes(name),
  );
  if (unsigned !== undefined) {
    throw new S3Error(
      403,
      'AccessDenied',
      `There were headers present in the request which were not signed: ${unsigned}`,
    );
  }
  const [path = '', query = ''] = (request.url ?? '').split('?', 2);
  const headers = signedHeaders.map(
    (name) => `${name}:${header(request, name).trim().replace(/ +/g, ' ')}\n`,
  );
  return [
    request.method ?? '',
    path,
    canonicalQuery(query),
    headers.join(''),
    signedHeaders.join(';'),
    header(request, 'x-amz-content-sha256'),
  ].join('\n');
}

function canonicalQuery(query: string): string {
  const pairs = query.split('&').filter((pair) => pair !== '');
  const encoded = pairs.map((pair) => {
    const [name = '', value = ''] = pair.split('=', 2);
    return `${encode(decodeURIComponent(name))}=${encode(decodeURIComponent(value))}`;
  });
  return encoded.sort().join('&');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function checkToken(request: IncomingMessage, key: AccessKey, now: Date): void {
  const { sessionToken, expiresAt } = key;
  if (sessionToken !== undefined && header(request, 'x-amz-security-token') !== sessionToken) {
    throw new S3Error(400, 'InvalidToken', 'The provided token is malformed or otherwise invalid.');
  }
  if (expiresAt !== undefined && expiresAt <= now) {
    throw new S3Error(400, 'ExpiredToken', 'The provided token has expired.');
  }
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : (value ?? '');
}

/** `20250131T235959Z` */
function timeOf(date: string): number {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date);
  if (match === null)
    throw new S3Error(403, 'AccessDenied', 'AWS authentication requires a valid x-amz-date header');
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sameBytes(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
