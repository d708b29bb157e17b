import { GetObjectCommand, HeadObjectCommand, type HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import { errorStatus } from './s3-failure.ts';
import type { S3Zone } from './s3-zone.ts';

/** An object's size and metadata; undefined where there is none. */
export function headObject(
  { connection, bucket: Bucket }: Pick<S3Zone, 'connection' | 'bucket'>,
  Key: string,
): Promise<HeadObjectCommandOutput | undefined> {
  return connection.use(`look at "${Key}"`, async (client) => {
    try {
      return await client.send(new HeadObjectCommand({ Bucket, Key }));
    } catch (error) {
      const status = errorStatus(error);
      if (status === 404) return undefined;
      // An answer to HEAD has no body that says why: expired or wrong credentials look like any bad request.
      if (status === 400 || status === 403)
        await client.send(new GetObjectCommand({ Bucket, Key, Range: 'bytes=0-0' }));
      throw error;
    }
  });
}
