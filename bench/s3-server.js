// An S3 server of our own as a process: says its address on a line, and ends when its input does.
import { createJiti } from 'jiti';

const { startS3Server } = await createJiti(import.meta.url).import('../test/support/s3/s3-server.ts');
const [id, secret, bucket] = process.argv.slice(2);
const server = await startS3Server({ accessKeys: { [id]: secret }, buckets: [bucket] });
console.log(server.endpoint);
process.stdin.resume().on('end', async () => {
  await server.close();
});
