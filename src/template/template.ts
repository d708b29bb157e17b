import type { SourceText } from '../diagnostic/source-text.ts';

/** A parsed template: the text and Handlebars' syntax tree of it. */
export interface Template {
  readonly source: SourceText;
  readonly program: hbs.AST.Program;
}
