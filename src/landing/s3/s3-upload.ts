import { Readable } from 'node:stream';
import { PutObjectCommand, type PutObjectCommandInput, type S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { ObjectContent } from '../landing.ts';
import type { S3Zone } from './s3-zone.ts';

/** Objects beyond this size are sent in pieces of it, so that a piece is sent again after a failure, not the object. */
const PIECE_BYTES = 8 * 1024 * 1024;
const PIECES_AT_ONCE = 3;

/** Writes an object; a stream is read piece by piece, and is not begun anew when credentials expire in its middle. */
export async function putObject(
  { connection, bucket: Bucket, encryption }: S3Zone,
  Key: string,
  content: ObjectContent,
  Metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  const task = `write "${Key}"`;
  const head = { Bucket, Key, Metadata, ...encryption };
  if (!(content instanceof Uint8Array)) {
    await connection.once(task, (client) => inPieces(client, { ...head, Body: Readable.from(content) }));
  } else if (content.length > PIECE_BYTES) {
    await connection.use(task, (client) => inPieces(client, { ...head, Body: content }));
  } else {
    await connection.use(task, (client) => client.send(new PutObjectCommand({ ...head, Body: content })));
  }
}

/** What `Upload` reads of its body it keeps until it is sent, so that each piece can be sent again. */
function inPieces(client: S3Client, params: PutObjectCommandInput): Promise<unknown> {
  return new Upload({ client, params, partSize: PIECE_BYTES, queueSize: PIECES_AT_ONCE }).done();
}
