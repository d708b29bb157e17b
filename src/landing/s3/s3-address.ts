import { malformedS3Address } from '../../diagnostic/catalogue/landing-s3.ts';
import { DiagnosticError } from '../../diagnostic/diagnostic.ts';

/** Where a landing zone is in S3; the prefix is empty or ends in `/`. */
export interface S3Address {
  readonly bucket: string;
  readonly prefix: string;
}

/** Reads `s3://bucket/prefix`; throws a DiagnosticError when it is none. */
export function parseS3Address(address: string): S3Address {
  const match = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/s.exec(address);
  const [, bucket, prefix = ''] = match ?? [];
  const isPath = prefix === '' || prefix.split('/').every((segment) => !['', '.', '..'].includes(segment));
  if (bucket === undefined || !isPath || hasControlCharacter(prefix)) {
    throw new DiagnosticError([malformedS3Address({ address })]);
  }
  return { bucket, prefix: prefix === '' ? '' : `${prefix}/` };
}

function hasControlCharacter(text: string): boolean {
  return [...text].some((character) => character < ' ');
}
