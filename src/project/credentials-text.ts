import { isNamedLikeSecret } from './secret-name.ts';

/**
 * The parts of a text that are credentials, in an address or in a list of parameters: `s3://key:secret@bucket`,
 * `user:password@host`, `?token=…`, `host=db password=…`, an AWS access key.
 */
export function credentialsIn(text: string): readonly string[] {
  return [...userAndPassword(text), ...secretParameters(text), ...(text.match(ACCESS_KEY) ?? [])];
}

function userAndPassword(text: string): readonly string[] {
  const [, user = ''] = USER_IN_URL.exec(text) ?? USER_BEFORE_HOST.exec(text) ?? [];
  const [name, ...password] = user.split(':');
  return user === '' ? [] : [user, ...(password.length === 0 ? [] : [password.join(':')]), name ?? ''];
}

const USER_IN_URL = /^[a-z][a-z0-9+.-]*:\/\/([^/?#\s]+)@/i;
const USER_BEFORE_HOST = /^([^\s/@:]+:[^\s/@]+)@/;

function secretParameters(text: string): readonly string[] {
  return [...text.matchAll(PARAMETER)].flatMap(([, name = '', value = '']) =>
    isNamedLikeSecret(name) ? [value] : [],
  );
}

const PARAMETER = /(?:^|[?&;\s])([\w-]+)=([^&;\s]+)/g;

const ACCESS_KEY = /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g;
