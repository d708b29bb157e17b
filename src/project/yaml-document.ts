import type { SourceText } from '../diagnostic/source-text.ts';
import type { Span } from '../diagnostic/span.ts';
import type { YamlValue } from './project.ts';

/** A way into a YAML value: keys of mappings, indexes of lists. */
export type YamlPath = readonly PropertyKey[];

/** A YAML file as plain values that know where they were written. */
export interface YamlDocument {
  readonly source: SourceText;
  readonly value: YamlValue;
  /** The place of the value at a path; of its nearest parent where it is missing. */
  readonly spanAt: (path: YamlPath) => Span;
  /** The place of the key at a path; of the value in a list. */
  readonly keySpanAt: (path: YamlPath) => Span;
}
