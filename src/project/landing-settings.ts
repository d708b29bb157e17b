import { resolve } from 'node:path';
import { z } from 'zod';
import type { LandingPlace } from './project.ts';

const name = z.string().min(1, { message: 'must not be empty' });

/** What a target may set, whatever its adapter, when its batches land in S3. */
export const landingSettings = z.strictObject({
  region: name.optional().describe('The region of the bucket; that of the AWS environment or profile.'),
  endpoint: z
    .url({ protocol: /^https?$/, error: 'must be a URL: https://…' })
    .optional()
    .describe('The URL of an S3-compatible server; Amazon S3.'),
  force_path_style: z
    .stringbool()
    .or(z.boolean())
    .optional()
    .describe(
      'Address the bucket by path instead of by host name, as many S3-compatible servers need it; false.',
    ),
  sse: z.enum(['AES256', 'aws:kms']).optional().describe('Server-side encryption; the bucket’s own default.'),
  slices: z.coerce
    .number()
    .int()
    .min(1)
    .max(1024)
    .optional()
    .describe('Slices of the Redshift cluster: a large batch is cut into a multiple of so many parts; 1.'),
  sse_kms_key_id: name.optional().describe('The key of `sse: aws:kms`; the account’s own.'),
});

/** Whether batches land in S3, so that a target may have `landingSettings`. */
export function isS3Address(landing: string): boolean {
  return landing.startsWith('s3://');
}

/** Where a target's batches land: `written` is its `landing`, `settings` are checked; a folder is relative to the root. */
export function landingPlace(
  root: string,
  written: string,
  settings: z.infer<typeof landingSettings>,
): LandingPlace {
  if (!written.includes('://')) return { address: resolve(root, written) };
  const { region, endpoint, force_path_style, sse, sse_kms_key_id, slices } = settings;
  return {
    address: written.replace(/\/+$/, ''),
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
    ...(force_path_style !== undefined && { forcePathStyle: force_path_style }),
    ...(sse !== undefined && { sse }),
    ...(sse_kms_key_id !== undefined && { sseKmsKeyId: sse_kms_key_id }),
    ...(slices !== undefined && { slices }),
  };
}
