import {
  DeleteObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import type { TestLanding } from './cluster.ts';

/** Puts a file below the landing's prefix, and gives its address. */
export async function putFile(landing: TestLanding, name: string, body: string | Buffer): Promise<string> {
  const { bucket, prefix } = partsOf(landing);
  await withClient(landing, (client) =>
    client.send(new PutObjectCommand({ Bucket: bucket, Key: `${prefix}/${name}`, Body: body })),
  );
  return `s3://${bucket}/${prefix}/${name}`;
}

/** Removes all that is below the landing's prefix. */
export async function removeFiles(landing: TestLanding): Promise<void> {
  const { bucket, prefix } = partsOf(landing);
  await withClient(landing, async (client) => {
    for (;;) {
      const list = new ListObjectsV2Command({ Bucket: bucket, Prefix: `${prefix}/` });
      const { Contents = [] } = await client.send(list);
      if (Contents.length === 0) return;
      for (const { Key } of Contents) await client.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
    }
  });
}

function partsOf({ place }: TestLanding): { readonly bucket: string; readonly prefix: string } {
  const [, bucket = '', prefix = ''] = /^s3:\/\/([^/]+)\/(.+)$/.exec(place.address) ?? [];
  return { bucket, prefix };
}

async function withClient<Result>(
  { place }: TestLanding,
  work: (client: S3Client) => Promise<Result>,
): Promise<Result> {
  const { region, endpoint, forcePathStyle } = place;
  const config: S3ClientConfig = {
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
    ...(forcePathStyle !== undefined && { forcePathStyle }),
  };
  const client = new S3Client(config);
  try {
    return await work(client);
  } finally {
    client.destroy();
  }
}
