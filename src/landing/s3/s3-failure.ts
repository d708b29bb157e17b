import * as catalogue from '../../diagnostic/catalogue/landing-s3.ts';
import { type Diagnostic, DiagnosticError } from '../../diagnostic/diagnostic.ts';
import type { LandingPlace } from '../../project/project.ts';

/** What S3 or the SDK says of a failure. */
interface Failure {
  readonly name: string;
  readonly message: string;
  readonly status: number | undefined;
  readonly attempts: number | undefined;
  readonly region: string | undefined;
}

/** The failure of a request as a DiagnosticError; `task` says what was tried: `write "orders/manifest.json"`. */
export function s3Failure(place: LandingPlace, task: string, error: unknown): Error {
  if (error instanceof DiagnosticError) return error;
  if (!(error instanceof Error)) return new Error(String(error));
  if (error.name === 'AbortError' || isMistakeOfOurs(error)) return error;
  return new DiagnosticError([diagnosticOf(place, task, failureOf(error))]);
}

/** The code by which S3, the SDK or the network names an error. */
export function errorName(error: unknown): string {
  if (!(error instanceof Error)) return '';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

/** The HTTP status of an answer that is an error. */
export function errorStatus(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return undefined;
  return (error.$metadata as { httpStatusCode?: number }).httpStatusCode;
}

function failureOf(error: Error): Failure {
  const metadata = '$metadata' in error ? (error.$metadata as { attempts?: number }) : {};
  const region = 'Region' in error && typeof error.Region === 'string' ? error.Region : undefined;
  return {
    ...{ name: errorName(error), message: error.message, status: errorStatus(error) },
    ...{ attempts: metadata.attempts, region: region ?? regionOf(error) },
  };
}

/** The bucket's region, which a redirecting answer names in a header. */
function regionOf(error: Error): string | undefined {
  const response = '$response' in error ? (error.$response as { headers?: Record<string, string> }) : {};
  return response.headers?.['x-amz-bucket-region'];
}

function diagnosticOf(place: LandingPlace, task: string, failure: Failure): Diagnostic {
  const { address } = place;
  const at = { address, task, reason: failure.message };
  switch (failure.name) {
    case 'CredentialsProviderError':
    case 'ProviderError':
    case 'TokenProviderError':
      return catalogue.noS3Credentials(at);
    case 'ExpiredToken':
    case 'ExpiredTokenException':
    case 'TokenRefreshRequired':
      return catalogue.expiredS3Credentials(at);
    case 'InvalidAccessKeyId':
    case 'SignatureDoesNotMatch':
    case 'InvalidToken':
      return catalogue.refusedS3Credentials({ ...at, code: failure.name });
    case 'NoSuchBucket':
      return catalogue.noSuchBucket(at);
    case 'NoSuchKey':
    case 'NotFound':
      return catalogue.noSuchObject(at);
    case 'PermanentRedirect':
    case 'AuthorizationHeaderMalformed':
    case 'IllegalLocationConstraintException':
      return catalogue.wrongS3Region({ ...at, used: place.region, region: failure.region });
    case 'RequestTimeTooSkewed':
      return catalogue.clockSkew(at);
    case 'AccessDenied':
    case 'AllAccessDisabled':
    case 'Forbidden':
      return catalogue.s3AccessDenied(at);
  }
  if (failure.status === 301)
    return catalogue.wrongS3Region({ ...at, used: place.region, region: failure.region });
  if (failure.status === 407) {
    const reason = 'the proxy wants a user and password that it knows';
    return catalogue.s3Unreachable({ ...at, reason, endpoint: place.endpoint, code: failure.name });
  }
  if (failure.status === 403) return catalogue.s3AccessDenied(at);
  if (/Region is missing/.test(failure.message)) return catalogue.noS3Region(at);
  if (UNREACHABLE.test(failure.name)) {
    return catalogue.s3Unreachable({ ...at, endpoint: place.endpoint, code: failure.name });
  }
  return catalogue.s3Failed({
    ...at,
    code: failure.name,
    status: failure.status,
    attempts: failure.attempts,
  });
}

const UNREACHABLE =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|TimeoutError|EPROTO|(ERR_TLS|ERR_SSL|CERT|DEPTH_ZERO|UNABLE_TO|SELF_SIGNED).*)$/;

function isMistakeOfOurs(error: Error): boolean {
  return error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
}
