/** A source text is a file of the project as it was read: its path from the project root (with `/`) and its characters. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}
