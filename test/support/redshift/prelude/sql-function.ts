/** A function of one SELECT, which PostgreSQL can put in the place of its call. */
export function sqlFunction(signature: string, returns: string, body: string, kind = 'immutable'): string {
  return `create function ${signature} returns ${returns} ${kind} language sql as $body$\n  select ${body}\n$body$`;
}
