import { GetObjectCommand, HeadObjectCommand, type HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import { errorStatus } from './s3-failure.ts';
import type { S3Zone } from './s3-zone.ts';

/** An object's size and metadata; undefined where there is none. */
export function headObject(
  { connection, bucket: Bucket }: Pick<S3Zone, 'connection' | 'bucket'>,
  Key: string,
): Promise<HeadObjectCommandOutput | undefined> {
  return connection.use(`look at "${Key}"`, async (client) => {
    const head = () => client.send(new HeadObjectCommand({ Bucket, Key }));
    try {
      return await head();
    } catch (error) {
      const status = errorStatus(error);
      if (status === 404) return undefined;
      if (status !== 400 && status !== 403) throw error;
      // An answer to HEAD has no body that says why: expired or wrong credentials look like any bad request.
      await client.send(new GetObjectCommand({ Bucket, Key, Range: 'bytes=0-0' }));
      // What was wrong is right again: the client had newer credentials for this request.
      return head();
    }
  });
}
