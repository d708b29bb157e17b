import type { Diagnostic } from '../diagnostic.ts';

/** A server as people name it: `db.example.com:5432`. */
interface Server {
  readonly server: string;
}

export function unknownHost({ server }: Server): Diagnostic {
  return failure('WHS-010', `The host name in ${server} does not exist.`, {
    hint: 'Check "host" of the target, the network, and the VPN.',
  });
}

export function connectionRefused({ server }: Server): Diagnostic {
  return failure('WHS-011', `Nothing answers at ${server}: the connection was refused.`, {
    hint: 'Check "host" and "port" of the target, and that the server runs and listens there.',
  });
}

export function connectionTimedOut({ server, reason }: Server & { readonly reason: string }): Diagnostic {
  return failure('WHS-012', `${server} did not answer in time (${reason}).`, {
    hint: 'A firewall or security group often drops what it does not let through. "connect_timeout" of the target says how long to wait.',
  });
}

export function wrongPassword({ user, server }: Server & { readonly user: string }): Diagnostic {
  return failure('WHS-013', `${server} does not accept the password of "${user}".`, {
    hint: 'Check "user" of the target, and the environment variable that its "password" reads.',
  });
}

export function missingPassword({ user, server }: Server & { readonly user: string }): Diagnostic {
  return failure('WHS-014', `${server} wants a password of "${user}", and there is none.`, {
    hint: 'Add password: \'{{env_var "PGPASSWORD"}}\' to the target, and set that variable.',
  });
}

export function unknownDatabase({ database, server }: Server & { readonly database: string }): Diagnostic {
  return failure('WHS-015', `${server} has no database "${database}".`, {
    hint: 'Check "database" of the target, or create it; modelwright creates schemas, not databases.',
  });
}

/** `reason` is the server's own sentence; it refused the login for another cause than the password. */
export function loginRefused({ server, reason }: Server & { readonly reason: string }): Diagnostic {
  return failure('WHS-016', `${server} refuses the login: ${reason}`, {
    hint: /encryption|SSL off/i.test(reason)
      ? 'The server may only take TLS: set sslmode: verify-full in the target.'
      : 'Check "user", "database" and "role" of the target, and what the server lets them do (pg_hba.conf, grants).',
  });
}

export function tooManyConnections({ server, reason }: Server & { readonly reason: string }): Diagnostic {
  return failure('WHS-017', `${server} has no connection left: ${reason}`, {
    hint: 'Fewer "threads" in the target need fewer connections: each thread takes one, the run a few more.',
  });
}

export function tlsNotOffered({ server }: Server): Diagnostic {
  return failure('WHS-018', `${server} does not offer TLS.`, {
    hint: 'Turn TLS on there. Only in a network that you trust: sslmode: disable in the target.',
  });
}

/** `reason` is what is wrong with the certificate, as the TLS library says it. */
export function untrustedCertificate({ server, reason }: Server & { readonly reason: string }): Diagnostic {
  return failure('WHS-019', `The certificate of ${server} is not to be trusted: ${reason}`, {
    hint: 'Name the file of its certificate authority in "sslrootcert" of the target. sslmode: require does without any check.',
  });
}

export function unreadableCertificates({
  path,
  reason,
}: {
  readonly path: string;
  readonly reason: string;
}): Diagnostic {
  return failure('WHS-020', `The certificate authorities in ${path} cannot be read: ${reason}`, {
    hint: 'Check "sslrootcert" of the target.',
  });
}

export function serverTooOld({
  server,
  version,
  least,
}: Server & { readonly version: string; readonly least: string }): Diagnostic {
  return failure('WHS-021', `${server} runs version ${version}; ${least} is the oldest that works.`);
}

export function connectionFailed({ server, reason }: Server & { readonly reason: string }): Diagnostic {
  return failure('WHS-022', `${server} cannot be connected to: ${reason}`, {
    hint: 'See what works with: model debug',
  });
}

/** `version` is what the server says of itself. */
export function notRedshift({ server, version }: Server & { readonly version: string }): Diagnostic {
  return failure('WHS-023', `${server} is not Amazon Redshift: it says "${version}".`, {
    hint: 'Check "host" and "port" of the target; a PostgreSQL server is reached by adapter: postgres.',
  });
}

/** Temporary credentials are got through a library of AWS, which is not installed with modelwright. */
export function missingCredentialClient({ library }: { readonly library: string }): Diagnostic {
  return failure('WHS-024', `Temporary credentials need the package "${library}", which is not installed.`, {
    hint: `Run: npm install ${library}`,
  });
}

/** `from` is what was asked for them: `cluster "analytics"`; `reason` is AWS's sentence. */
export function noCredentials({
  from,
  reason,
}: {
  readonly from: string;
  readonly reason: string;
}): Diagnostic {
  return failure('WHS-025', `AWS gives no temporary credentials for ${from}: ${reason}`, {
    hint: 'Check "iam" of the target, the AWS credentials of this process, and what their policy allows.',
  });
}

/** Credentials that AWS had just given were not accepted. */
export function refusedCredentials({ user, server }: Server & { readonly user: string }): Diagnostic {
  return failure('WHS-026', `${server} does not accept the temporary credentials of "${user}".`, {
    hint: 'Check that "host" of the target belongs to the cluster or workgroup of its "iam", and that db_user exists there.',
  });
}

function failure(code: string, message: string, more: { readonly hint?: string } = {}): Diagnostic {
  return { code, severity: 'error', message, ...more };
}
