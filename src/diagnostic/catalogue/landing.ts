import type { Diagnostic } from '../diagnostic.ts';
import type { SourceText } from '../source-text.ts';
import { spanAt } from '../span.ts';

/** A batch manifest that is not JSON, or lacks something; `offset` is the place in its text. */
export function malformedManifest(at: { source: SourceText; offset: number; problem: string }): Diagnostic {
  return {
    code: 'LND-001',
    severity: 'error',
    message: `The batch manifest cannot be read: ${at.problem}.`,
    span: spanAt(at.source, at.offset),
    hint: 'Remove the batch folder and run `model generate`, or let its producer write the batch again.',
  };
}

/** A manifest whose table or partition is not that of the folder it lies in. */
export function misplacedManifest(at: { source: SourceText; offset: number; expected: string }): Diagnostic {
  return {
    code: 'LND-002',
    severity: 'error',
    message: `The batch manifest belongs in the folder "${at.expected}", not here.`,
    span: spanAt(at.source, at.offset),
    hint: 'A batch folder is named `<table>/<partition column>=<value>`, as its manifest says.',
  };
}

/** A manifest that names a file outside its own folder. */
export function foreignEntry(at: { source: SourceText; offset: number; url: string }): Diagnostic {
  return {
    code: 'LND-003',
    severity: 'error',
    message: `The batch manifest names "${at.url}", which is not a file of its own folder.`,
    span: spanAt(at.source, at.offset),
    hint: 'Name the parts of a batch by their file names alone.',
  };
}

/** A symbolic link below the root of a landing folder. */
export function symlinkInLanding(at: { address: string; path: string }): Diagnostic {
  return {
    code: 'LND-004',
    severity: 'error',
    message: `"${at.path}" in the landing folder ${at.address} is a symbolic link.`,
    hint: 'Batches are read from plain files and folders only; move the files here, or point the target’s `landing` at them.',
  };
}

/** A path that leaves the landing zone or is none. */
export function unsafeLandingPath(at: { address: string; path: string }): Diagnostic {
  return {
    code: 'LND-005',
    severity: 'error',
    message: `"${at.path}" is not a path inside the landing zone ${at.address}.`,
  };
}

/** A folder with more entries than anybody means. */
export function crowdedLandingFolder(at: { address: string; path: string; limit: number }): Diagnostic {
  return {
    code: 'LND-006',
    severity: 'error',
    message: `The landing folder ${at.address}/${at.path} holds more than ${at.limit} entries.`,
    hint: 'Use coarser partitions.',
  };
}

/** The device is full, or the folder may not be written. */
export function landingNotWritable(at: { address: string; path: string; reason: string }): Diagnostic {
  return {
    code: 'LND-007',
    severity: 'error',
    message: `"${at.path}" cannot be written to the landing zone ${at.address}: ${at.reason}`,
    hint: 'What was written before is complete; make room or mend the permissions, then run the command again.',
  };
}

/** A part that its manifest names is missing or has another size. */
export function damagedPart(at: {
  source: SourceText;
  offset: number;
  url: string;
  expected: number;
  found: number | undefined;
}): Diagnostic {
  const found = at.found === undefined ? 'is missing' : `has ${at.found} bytes instead of ${at.expected}`;
  return {
    code: 'LND-008',
    severity: 'error',
    message: `Part "${at.url}" of the batch ${found}.`,
    span: spanAt(at.source, at.offset),
    hint: 'Remove the batch folder and run `model generate`, or let its producer write the batch again.',
  };
}

/** An address that no landing zone of ours can open. */
export function unknownLandingAddress(at: { address: string }): Diagnostic {
  return {
    code: 'LND-009',
    severity: 'error',
    message: `"${at.address}" is not a landing zone that this version can open.`,
    hint: 'Give the path of a folder, or s3://bucket/prefix, as the target’s `landing`.',
  };
}

/** A part of the right size whose CSV is not that of its manifest. */
export function changedPart(at: { source: SourceText; offset: number; url: string }): Diagnostic {
  return {
    code: 'LND-023',
    severity: 'error',
    message: `Part "${at.url}" of the batch does not hold the CSV that its manifest names.`,
    span: spanAt(at.source, at.offset),
    hint: 'Something wrote over it. Remove the batch folder and run `model generate`, or let its producer write the batch again.',
  };
}

/** Parts of former batches that the storage does not let go. */
export function partsNotRemoved(at: {
  address: string;
  count: number;
  first: string;
  code: string;
  message: string;
}): Diagnostic {
  const parts = at.count === 1 ? '1 part' : `${at.count} parts`;
  return {
    code: 'LND-025',
    severity: 'warning',
    message: `${parts} of former batches could not be removed from ${at.address}: ${at.code} for "${at.first}": ${at.message}`,
    hint: 'Nothing reads them, but they take room; the next write of their batches tries again. In S3 it needs s3:DeleteObject below the prefix.',
  };
}

/** An engine that fetches for itself can fetch from S3 only. */
export function landingNotInS3(at: { address: string }): Diagnostic {
  return {
    code: 'LND-024',
    severity: 'error',
    message: `The warehouse cannot fetch files from ${at.address}: it reads from S3 only.`,
    hint: 'Give the target a `landing` of the form s3://bucket/prefix, in the region of the warehouse.',
  };
}
