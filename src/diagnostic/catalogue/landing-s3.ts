import type { Diagnostic } from '../diagnostic.ts';

/** What was tried on which landing zone, and what S3 or the SDK said. */
interface S3Task {
  readonly address: string;
  /** `write "orders/manifest.json"` */
  readonly task: string;
  readonly reason: string;
}

/** The default chain of credentials ends without any. */
export function noS3Credentials(at: S3Task): Diagnostic {
  return {
    code: 'LND-010',
    severity: 'error',
    message: `There are no AWS credentials for the landing zone ${at.address}: ${at.reason}`,
    hint: 'Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or log in with `aws sso login`; on AWS, give the machine a role.',
  };
}

/** An access key that S3 does not know, or a secret or token that is not its own. */
export function refusedS3Credentials(at: S3Task & { code: string }): Diagnostic {
  return {
    code: 'LND-011',
    severity: 'error',
    message: `The AWS credentials are refused at the landing zone ${at.address} (${at.code}): ${at.reason}`,
    hint: 'The access key, its secret and its session token must belong together, and to the account of this endpoint.',
  };
}

/** Temporary credentials whose time is over. */
export function expiredS3Credentials(at: S3Task): Diagnostic {
  return {
    code: 'LND-012',
    severity: 'error',
    message: `The AWS credentials for the landing zone ${at.address} have expired, and there are no newer ones.`,
    hint: 'Log in again and repeat the command: what is written already is kept.',
  };
}

/** The credentials are good, but may not do this. */
export function s3AccessDenied(at: S3Task): Diagnostic {
  return {
    code: 'LND-013',
    severity: 'error',
    message: `Access denied: the credentials may not ${at.task} in ${at.address}.`,
    hint: 'A landing zone needs s3:ListBucket on the bucket, and s3:GetObject, s3:PutObject, s3:DeleteObject and s3:AbortMultipartUpload below its prefix; with a KMS key, kms:GenerateDataKey and kms:Decrypt too.',
  };
}

/** The bucket of a landing zone is not there. */
export function noSuchBucket(at: S3Task): Diagnostic {
  return {
    code: 'LND-014',
    severity: 'error',
    message: `There is no bucket for the landing zone ${at.address}.`,
    hint: 'Buckets are not made for you: make it first, or mend the target’s `landing`.',
  };
}

/** The bucket is in another region than the requests are for. */
export function wrongS3Region(
  at: S3Task & { used: string | undefined; region: string | undefined },
): Diagnostic {
  const used = at.used === undefined ? 'the region of the AWS environment' : `the region "${at.used}"`;
  const where = at.region === undefined ? 'in another one' : `in "${at.region}"`;
  return {
    code: 'LND-015',
    severity: 'error',
    message: `The bucket of ${at.address} is not in ${used}: it is ${where}.`,
    hint: `Give its region as the target’s \`region\`${at.region === undefined ? '' : `: ${at.region}`}.`,
  };
}

/** Neither the target nor the AWS environment names a region. */
export function noS3Region(at: S3Task): Diagnostic {
  return {
    code: 'LND-016',
    severity: 'error',
    message: `The region of the landing zone ${at.address} is not known.`,
    hint: 'Give it as the target’s `region`, or set AWS_REGION.',
  };
}

/** No connection to the endpoint. */
export function s3Unreachable(at: S3Task & { endpoint: string | undefined; code: string }): Diagnostic {
  return {
    code: 'LND-017',
    severity: 'error',
    message: `${at.endpoint ?? 'Amazon S3'} cannot be reached for the landing zone ${at.address}: ${at.reason || at.code}`,
    hint: 'Check the target’s `endpoint` and `region`, the network, HTTPS_PROXY and NO_PROXY.',
  };
}

/** This machine's clock and that of S3 differ by more than a signature may. */
export function clockSkew(at: S3Task): Diagnostic {
  return {
    code: 'LND-018',
    severity: 'error',
    message: `The clock of this machine is wrong, so that ${at.address} refuses its signatures.`,
    hint: 'Set the clock; S3 accepts a difference of 15 minutes.',
  };
}

/** An object that was listed or named is gone. */
export function noSuchObject(at: S3Task): Diagnostic {
  return {
    code: 'LND-019',
    severity: 'error',
    message: `Cannot ${at.task} in ${at.address}: it is not there.`,
    hint: 'Something else removes files from the landing zone, or writes the same batches now; run the command again.',
  };
}

/** Any other failure, after the request was sent again as often as makes sense. */
export function s3Failed(
  at: S3Task & { code: string; status: number | undefined; attempts: number | undefined },
): Diagnostic {
  const status = at.status === undefined ? at.code : `${at.status} ${at.code}`;
  const attempts = at.attempts !== undefined && at.attempts > 1 ? `, ${at.attempts} times` : '';
  return {
    code: 'LND-020',
    severity: 'error',
    message: `Cannot ${at.task} in ${at.address}: S3 said ${status}${attempts}: ${at.reason}`,
    hint: 'What is written already is kept; run the command again.',
  };
}

/** Another program wrote the same batch at the same time. */
export function lostManifestRace(at: { manifest: string }): Diagnostic {
  return {
    code: 'LND-021',
    severity: 'error',
    message: `Another program has written the batch of ${at.manifest} meanwhile, with other content.`,
    hint: 'That batch stands. If it is not what you want, let no other program generate, and run the command again.',
  };
}

/** An address that begins with s3:// and is none. */
export function malformedS3Address(at: { address: string }): Diagnostic {
  return {
    code: 'LND-022',
    severity: 'error',
    message: `"${at.address}" is not an address in S3.`,
    hint: 'Write s3://bucket or s3://bucket/prefix, with the bucket’s name in lower case.',
  };
}
