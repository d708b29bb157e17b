import { gunzipSync } from 'node:zlib';
import type { S3Client } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { Refusal } from '../behaviour.ts';
import type { S3Reach } from '../s3-reach.ts';
import type { CopyStatement } from './copy-statement.ts';

/** A file that COPY reads; its characters stand for bytes. */
export interface CopiedFile {
  readonly url: string;
  readonly content: string;
}

/** Fetches what a COPY names, with the rights of its role, file by file. */
export async function* copiedFiles(
  { url, options }: CopyStatement,
  reach: S3Reach | undefined,
): AsyncGenerator<CopiedFile> {
  if (reach === undefined) throw failure('the stand-in has no S3 to copy from');
  const client = await clientOf(options.iamRole ?? '', reach);
  try {
    const bucket = bucketOf(url);
    const region = options.region ?? reach.region;
    if ((reach.bucketRegions?.[bucket] ?? reach.region) !== region) throw failure(WRONG_REGION);
    const entries = options.manifest ? await manifestEntries(client, url) : await withPrefix(client, url);
    for (const entry of entries) {
      const bytes = await fetched(client, entry.url).catch((error: Refusal) => {
        if (!isMissing(error)) throw error;
        if (entry.mandatory) throw failure(`Mandatory url is not present in S3: ${entry.url}`);
        return undefined;
      });
      if (bytes !== undefined) yield { url: entry.url, content: content(bytes, options.gzip, entry.url) };
    }
  } finally {
    client.destroy();
  }
}

const WRONG_REGION =
  'S3ServiceException:The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.,Status 301,Error PermanentRedirect';

async function clientOf(role: string, { endpoint, region, roles }: S3Reach): Promise<S3Client> {
  const credentials = roles[role];
  if (credentials === undefined) {
    const user = 'arn:aws:redshift:us-east-1:123456789012:dbuser:stand-in/analyst';
    throw failure(
      role === 'default'
        ? 'Default IAM role is not set'
        : `User ${user} is not authorized to assume IAM Role ${role}`,
    );
  }
  const { S3Client } = await import('@aws-sdk/client-s3');
  return new S3Client({ endpoint, region, credentials, forcePathStyle: true, maxAttempts: 1 });
}

interface Entry {
  readonly url: string;
  readonly mandatory: boolean;
}

const manifest = z.object({
  entries: z.array(z.object({ url: z.string(), mandatory: z.boolean().default(false) })).min(1),
});

async function manifestEntries(client: S3Client, url: string): Promise<readonly Entry[]> {
  const bytes = await fetched(client, url).catch((error: Refusal) => {
    throw failure(`Problem reading manifest file - ${error.message}`);
  });
  const parsed = manifest.safeParse(jsonOf(bytes.toString('utf8')));
  if (!parsed.success) throw failure('Manifest file is not in correct json format');
  return parsed.data.entries;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A name is the beginning of names: `s3://b/cust` is `cust.bak`, too. */
async function withPrefix(client: S3Client, url: string): Promise<readonly Entry[]> {
  const { ListObjectsV2Command } = await import('@aws-sdk/client-s3');
  const list = new ListObjectsV2Command({ Bucket: bucketOf(url), Prefix: keyOf(url) });
  const { Contents = [] } = await client.send(list).catch((error) => {
    throw s3Failure(error);
  });
  if (Contents.length === 0) throw failure(`The specified S3 prefix '${keyOf(url)}' does not exist`);
  return Contents.map(({ Key }) => ({ url: `s3://${bucketOf(url)}/${Key}`, mandatory: true }));
}

async function fetched(client: S3Client, url: string): Promise<Buffer> {
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucketOf(url), Key: keyOf(url) }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  } catch (error) {
    throw s3Failure(error);
  }
}

function content(bytes: Buffer, gzip: boolean, url: string): string {
  if (!gzip) return bytes.toString('latin1');
  try {
    return gunzipSync(bytes).toString('latin1');
  } catch {
    throw failure(`gzip: unexpected end of stream. Inflate error: -5, file ${url}`);
  }
}

const S3_URL = /^s3:\/\/([^/]+)\/(.+)$/s;

function bucketOf(url: string): string {
  const bucket = S3_URL.exec(url)?.[1];
  if (bucket === undefined) throw failure(`The file path '${url}' is not a path of S3`);
  return bucket;
}

function keyOf(url: string): string {
  return S3_URL.exec(url)?.[2] ?? '';
}

function s3Failure(error: unknown): Refusal {
  const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
  return failure(`S3ServiceException:${message},Status ${$metadata?.httpStatusCode ?? 0},Error ${name}`);
}

function isMissing({ message }: Refusal): boolean {
  return message.endsWith('Error NoSuchKey');
}

function failure(message: string): Refusal {
  return new Refusal({ code: 'XX000', message });
}
