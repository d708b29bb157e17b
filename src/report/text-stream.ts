/** A text stream is where a reporter writes: stdout, stderr, or a list of strings in a test. */
export interface TextStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  /** Width and height of the terminal in characters. */
  readonly columns?: number;
  readonly rows?: number;
}
