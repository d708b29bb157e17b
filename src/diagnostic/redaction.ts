/** A redaction knows the values that must never be shown, and takes them out of texts. */
export interface Redaction {
  /** From now on the value is taken out, and so is each of its lines. */
  readonly hide: (value: string) => void;
  /** The text with `***` in place of every hidden value, also where it is written as JSON or in a URL. */
  readonly redact: (text: string) => string;
  /** The text with every letter of hidden values as `*`, so that places in it stay what they are. */
  readonly mask: (text: string) => string;
}

/** Shorter values stand in too many innocent texts. */
const SHORTEST = 4;

/** A redaction that hides nothing yet. */
export function createRedaction(): Redaction {
  /** Longest first: a value may hold another one. */
  let hidden: readonly string[] = [];
  const known = new Set<string>();
  const replaceAll = (text: string, by: (value: string) => string) =>
    hidden.reduce((rest, value) => rest.replaceAll(value, by(value)), text);
  return {
    hide: (value) => {
      if (known.has(value)) return;
      known.add(value);
      const values = [value, ...value.split(/\r?\n/)].filter(({ length }) => length >= SHORTEST);
      const all = new Set([...hidden, ...values.flatMap(spellings)]);
      hidden = [...all].sort((a, b) => b.length - a.length);
    },
    redact: (text) => replaceAll(text, () => '***'),
    mask: (text) => replaceAll(text, (value) => value.replace(/[^\r\n]/g, '*')),
  };
}

/** The secrets of this process, from wherever they come: nothing that it writes holds one. */
export const secrets: Redaction = createRedaction();

function spellings(value: string): readonly string[] {
  const wellFormed = Buffer.from(value).toString();
  return [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(wellFormed)];
}
