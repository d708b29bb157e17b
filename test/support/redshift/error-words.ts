import type { ServerError } from './message.ts';

/** What Redshift says where PostgreSQL has other words for the same. */
export function inRedshiftsWords(error: ServerError): ServerError {
  const type = /constraint "too long for (.+?) \d+"/.exec(error.message)?.[1];
  if (type !== undefined) return { code: '22001', message: `value too long for type ${type}` };
  switch (error.code) {
    case '42501':
      return {
        ...error,
        message: error.message.replace(/^(permission denied for) (?:table|view)\b/, '$1 relation'),
      };
    case '57014':
      return { code: '57014', message: "Query (150) canceled on user's request" };
    case '40001':
      return {
        code: 'XX000',
        message: '1023',
        detail: `Serializable isolation violation on table - 100255 (${error.message})`,
      };
    case '40P01':
      return {
        code: 'XX000',
        message: 'deadlock detected',
        ...(error.detail !== undefined && { detail: error.detail }),
      };
    default:
      return error;
  }
}
