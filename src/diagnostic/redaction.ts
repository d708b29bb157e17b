/** A redaction knows the values that must never be shown, and takes them out of texts. */
export interface Redaction {
  /** From now on the value is taken out. */
  readonly hide: (value: string) => void;
  /** The text with `***` in place of every hidden value, also where it is written as JSON. */
  readonly redact: (text: string) => string;
}

/** Shorter values stand in too many innocent texts. */
const SHORTEST = 4;

/** A redaction that hides nothing yet. */
export function createRedaction(): Redaction {
  const hidden = new Set<string>();
  return {
    hide: (value) => {
      if (value.length < SHORTEST) return;
      hidden.add(value);
      hidden.add(JSON.stringify(value).slice(1, -1));
    },
    redact: (text) => [...hidden].reduce((rest, value) => rest.replaceAll(value, '***'), text),
  };
}
