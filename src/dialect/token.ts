/**
 * A token of SQL text. White space and comments are tokens too, so that joining all `text`s gives back the input.
 * `word` is an unquoted identifier or keyword; `relation` is a relation marker that a template left (see template/relation-marker).
 */
export interface Token {
  readonly kind:
    | 'space'
    | 'comment'
    | 'word'
    | 'quoted-identifier'
    | 'string'
    | 'number'
    | 'operator'
    | 'semicolon'
    | 'relation'
    | 'unterminated';
  readonly text: string;
  /** Offset of the first character in the SQL text. */
  readonly start: number;
}
