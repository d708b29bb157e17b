import { credentialsIn } from './credentials-text.ts';
import { type EnvironmentText, variablesIn } from './environment-text.ts';
import { isNamedLikeSecret } from './secret-name.ts';

/** A secret that stands where none may stand: the parts of the text that nobody may see, and why it is one. */
export interface WrittenSecret {
  readonly kind: 'secret' | 'credentials';
  readonly values: readonly string[];
}

/** The secret that project.yml itself holds in the text of a setting: written out, as a default, or in an address. */
export function writtenSecret(key: string, text: EnvironmentText): WrittenSecret | undefined {
  const plain = text.map((part) => (part.kind === 'text' ? part.text : STAND_IN)).join('');
  const own = ownSecret(key, text, plain);
  if (own.length > 0) return { kind: 'secret', values: own };
  const credentials = credentialsIn(plain);
  return credentials.length > 0 ? { kind: 'credentials', values: credentials } : undefined;
}

/** Stands for what the environment gives. */
const STAND_IN = 'x';

function ownSecret(key: string, text: EnvironmentText, plain: string): readonly string[] {
  if (!isNamedLikeSecret(key)) return [];
  const defaults = text.flatMap((part) => (part.kind === 'variable' ? (part.default ?? []) : []));
  const values = [...(variablesIn(text).length === 0 ? [plain] : []), ...defaults];
  return values.filter((value) => value !== '');
}
