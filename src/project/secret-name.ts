const SECRET_NAME = /passw|secret|token|credential|private|access_?key|api_?key|(^|_)(pwd|auth|dsn)(_|$)/i;

/** Whether a variable or a setting is named like a secret: `REDSHIFT_PASSWORD`, `api_key`. */
export function isNamedLikeSecret(name: string): boolean {
  return SECRET_NAME.test(name);
}
