import type { SourceText } from '../diagnostic/source-text.ts';
import type { Program } from './syntax.ts';

/** A parsed template: the text and its syntax tree. Made by `parseTemplate`. */
export interface Template {
  readonly source: SourceText;
  readonly program: Program;
}
