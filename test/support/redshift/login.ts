import { createHash } from 'node:crypto';

/** Somebody who may log in. */
export interface Login {
  readonly user: string;
  readonly password: string;
  /** From then on the password is refused, as a temporary one of IAM is. */
  readonly expires?: Date;
  /** Temporary credentials are accepted over TLS only. */
  readonly needsTls?: boolean;
}

/** The answer to an MD5 challenge, as PostgreSQL's protocol defines it. */
export function md5Answer({ user, password }: Login, salt: Buffer): string {
  const inner = md5(Buffer.from(password + user, 'utf8'));
  return `md5${md5(Buffer.concat([Buffer.from(inner, 'latin1'), salt]))}`;
}

function md5(bytes: Buffer): string {
  return createHash('md5').update(bytes).digest('hex');
}

/** Whether a password is good: it is looked at once for each login. */
export function isCurrent({ expires }: Login, now: Date): boolean {
  return expires === undefined || expires > now;
}
