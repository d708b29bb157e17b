import * as catalogue from '../../diagnostic/catalogue/connection.ts';
import { type Diagnostic, DiagnosticError } from '../../diagnostic/diagnostic.ts';
import { WarehouseError } from '../warehouse.ts';

/** Where somebody wanted to log in. */
export interface LoginPlace {
  /** As people name the server: `db.example.com:5432`. */
  readonly server: string;
  readonly user: string;
  readonly database: string;
}

/** Why a server did not take a connection, as a diagnostic. */
export function connectionFailure(error: unknown, place: LoginPlace): Diagnostic {
  const { server, user, database } = place;
  const { code, reason } = causeOf(error);
  if (CERTIFICATE.test(code)) return catalogue.untrustedCertificate({ server, reason });
  if (/does not support SSL connections/.test(reason)) return catalogue.tlsNotOffered({ server });
  if (/client password must be|no password supplied/i.test(reason))
    return catalogue.missingPassword({ user, server });
  if (/^password authentication failed/.test(reason)) return catalogue.wrongPassword({ user, server });
  if (/timeout expired/.test(reason)) return catalogue.connectionTimedOut({ server, reason });
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return catalogue.unknownHost({ server });
    case 'ECONNREFUSED':
    case 'ENOENT':
      return catalogue.connectionRefused({ server });
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return catalogue.connectionTimedOut({ server, reason });
    case '28P01':
      return catalogue.wrongPassword({ user, server });
    case '3D000':
      return catalogue.unknownDatabase({ database, server });
    case '28000':
    case '42501':
    case '22023':
      return catalogue.loginRefused({ server, reason });
    case '53300':
      return catalogue.tooManyConnections({ server, reason });
    default:
      return catalogue.connectionFailed({ server, reason });
  }
}

/** The same for a connection that is opened in the middle of a run: most causes pass, so the work is worth trying again. */
export function reconnectionFailure(error: unknown, place: LoginPlace): unknown {
  if (error instanceof WarehouseError || error instanceof DiagnosticError) return error;
  const { message, hint } = connectionFailure(error, place);
  const kind = LASTING.test(causeOf(error).code) ? 'connection' : 'transient';
  return new WarehouseError(kind, message, { ...(hint === undefined ? {} : { hint }), cause: error });
}

/** Codes of Node's TLS: `DEPTH_ZERO_SELF_SIGNED_CERT`, `CERT_HAS_EXPIRED`, `ERR_TLS_CERT_ALTNAME_INVALID`, … */
const CERTIFICATE = /CERT|^UNABLE_TO_|^HOSTNAME_MISMATCH$|^INVALID_CA$/;

const LASTING = new RegExp(`^(?:28...|3D000|42501|22023|ENOTFOUND)$|${CERTIFICATE.source}`);

interface Cause {
  readonly code: string;
  readonly reason: string;
}

/** A host with several addresses fails with one error for each. */
function causeOf(error: unknown): Cause {
  const first = error instanceof AggregateError ? error.errors[0] : error;
  const code = first instanceof Error && 'code' in first ? String(first.code) : '';
  return { code, reason: first instanceof Error ? first.message : String(first) };
}
