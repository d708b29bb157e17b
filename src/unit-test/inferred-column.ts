/** A column of a relation that nobody has built; `type` is as the embedded engine spells it: `DECIMAL(38,2)`. */
export interface InferredColumn {
  readonly name: string;
  readonly type: string;
}
