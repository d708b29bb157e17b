/** Who is granted something, read from what a project writes: `tableau`, `group bi`, `role reader`, `public`. */
export interface Grantee {
  readonly kind: 'user' | 'group' | 'role' | 'public';
  readonly name: string;
}

/** Reads a grantee; the words `group`, `role` and `public` may be in any case. */
export function parseGrantee(written: string): Grantee {
  const text = written.trim();
  if (text.toLowerCase() === 'public') return { kind: 'public', name: 'public' };
  const [, kind, name] = /^(group|role)\s+(.+)$/is.exec(text) ?? [];
  if (name === undefined) return { kind: 'user', name: text };
  return { kind: kind?.toLowerCase() === 'group' ? 'group' : 'role', name };
}
