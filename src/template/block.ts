import * as catalogue from '../diagnostic/catalogue/template.ts';
import { checkShape, type Signature } from './argument.ts';
import { calleeNamed } from './callee.ts';
import { type Evaluation, reportIn, spanIn } from './evaluation.ts';
import { evaluateExpression } from './expression.ts';
import type { TemplateValue } from './helper.ts';
import { type Outcome, type Scope, UNKNOWN } from './scope.ts';
import type { BlockStatement, Program } from './syntax.ts';
import { describe, isMap, isRelation, isTruthy } from './template-value.ts';

/** Writes a branch of a block with the names that can be seen in it. */
export type WriteBranch = (evaluation: Evaluation, branch: Program, scope: Scope | undefined) => void;

/** Evaluates `#if`, `#unless`, `#each`, `#with` and raw blocks; branches that are not taken are looked through. */
export function evaluateBlock(
  evaluation: Evaluation,
  block: BlockStatement,
  scope: Scope | undefined,
  write: WriteBranch,
): void {
  const branches = branchesOf(evaluation, block, scope, write);
  if (evaluation.layer.source.text.startsWith('{{{{', block.loc.start)) {
    writeRaw(evaluation, block, branches);
    return;
  }
  switch (block.path.type === 'PathExpression' ? block.path.original : '') {
    case 'if':
      writeIf(evaluation, block, scope, branches, true);
      return;
    case 'unless':
      writeIf(evaluation, block, scope, branches, false);
      return;
    case 'each':
      writeEach(evaluation, block, scope, branches);
      return;
    case 'with':
      writeWith(evaluation, block, scope, branches);
      return;
    default:
      reportIn(evaluation, unknownBlock(evaluation, block));
      branches.lookThrough(block.program);
      branches.lookThrough(block.inverse);
  }
}

interface Branches {
  readonly write: (branch: Program | undefined, scope: Scope | undefined) => void;
  /** Reports the mistakes in a branch that is not run; what its parameters are is not known. */
  readonly lookThrough: (branch: Program | undefined) => void;
}

function branchesOf(
  evaluation: Evaluation,
  block: BlockStatement,
  scope: Scope | undefined,
  write: WriteBranch,
): Branches {
  return {
    write: (branch, inner) => {
      if (branch !== undefined) write(evaluation, branch, inner);
    },
    lookThrough: (branch) => {
      if (branch === undefined) return;
      const names = branch.blockParams ?? [];
      const inner = block.path.type === 'PathExpression' && INSIDE_ITEM[block.path.original];
      const unknown: Scope = {
        outer: scope,
        names,
        values: names.map(() => UNKNOWN),
        ...(inner && branch === block.program ? inner : {}),
      };
      write(evaluation.dry ? evaluation : { ...evaluation, dry: true }, branch, unknown);
    },
  };
}

/** What a block gives to its branch, where the branch is not run. */
const INSIDE_ITEM: Readonly<Record<string, Pick<Scope, 'item' | 'round'>>> = {
  each: { item: { value: UNKNOWN }, round: { index: 0, key: 0, first: true, last: true } },
  with: { item: { value: UNKNOWN } },
};

const IF: Signature = {
  name: '#if',
  parameters: [{ name: 'condition', type: 'any' }],
  named: [{ name: 'includeZero', type: 'boolean', optional: true }],
};
const UNLESS: Signature = { ...IF, name: '#unless' };
const EACH: Signature = { name: '#each', parameters: [{ name: 'list', type: 'any' }] };
const WITH: Signature = { name: '#with', parameters: [{ name: 'value', type: 'any' }] };

function writeIf(
  evaluation: Evaluation,
  block: BlockStatement,
  scope: Scope | undefined,
  { write, lookThrough }: Branches,
  wanted: boolean,
): void {
  const { program, inverse, hash } = block;
  const value = argumentOf(evaluation, block, scope, wanted ? IF : UNLESS, 0);
  const includeZero = hash?.pairs[0] && evaluateExpression(evaluation, hash.pairs[0].value, scope);
  if (value === UNKNOWN || includeZero === UNKNOWN) {
    lookThrough(program);
    lookThrough(inverse);
    return;
  }
  const holds = isTruthy(value) || (value === 0 && isTruthy(includeZero));
  write(holds === wanted ? program : inverse, scope);
  lookThrough(holds === wanted ? inverse : program);
}

function writeEach(
  evaluation: Evaluation,
  block: BlockStatement,
  scope: Scope | undefined,
  { write, lookThrough }: Branches,
): void {
  const { program, inverse } = block;
  const value = argumentOf(evaluation, block, scope, EACH, 2);
  const entries = value === UNKNOWN ? undefined : entriesOf(value);
  if (value !== UNKNOWN && entries === undefined) {
    const span = spanIn(evaluation, block.params[0]?.loc ?? block.path.loc);
    reportIn(evaluation, catalogue.notIterable({ what: describe(value), span }));
  }
  if (entries === undefined || entries.length === 0) lookThrough(program);
  if (entries?.length === 0) write(inverse, scope);
  else lookThrough(inverse);
  const names = program?.blockParams ?? [];
  entries?.forEach(([key, item], index) => {
    const round = { index, key, first: index === 0, last: index === entries.length - 1 };
    write(program, { outer: scope, names, values: [item, key], item: { value: item }, round });
  });
}

function entriesOf(value: TemplateValue): readonly (readonly [string | number, TemplateValue])[] | undefined {
  if (Array.isArray(value)) return value.map((item: TemplateValue, index) => [index, item]);
  return isMap(value) && !isRelation(value) ? Object.entries(value) : undefined;
}

function writeWith(
  evaluation: Evaluation,
  block: BlockStatement,
  scope: Scope | undefined,
  { write, lookThrough }: Branches,
): void {
  const { program, inverse } = block;
  const value = argumentOf(evaluation, block, scope, WITH, 1);
  const filled = value !== UNKNOWN && (isTruthy(value) || value === 0);
  if (filled) {
    write(program, { outer: scope, names: program?.blockParams ?? [], values: [value], item: { value } });
    lookThrough(inverse);
  } else {
    lookThrough(program);
    if (value === UNKNOWN) lookThrough(inverse);
    else write(inverse, scope);
  }
}

/** `most`: how many block parameters the block gives. */
function argumentOf(
  evaluation: Evaluation,
  block: BlockStatement,
  scope: Scope | undefined,
  signature: Signature,
  most: number,
): Outcome {
  const fits = checkShape(evaluation, { ...block, loc: block.path.loc }, signature);
  const given = block.program?.blockParams ?? block.inverse?.blockParams ?? [];
  if (given.length > most) {
    const span = spanIn(evaluation, block.path.loc);
    reportIn(evaluation, catalogue.surplusBlockParameters({ name: signature.name, most, span }));
  }
  const values = block.params.map((param) => evaluateExpression(evaluation, param, scope));
  return fits ? values[0] : UNKNOWN;
}

/** `{{{{raw}}}} … {{{{/raw}}}}` prints what it holds as it stands. */
function writeRaw(evaluation: Evaluation, block: BlockStatement, { write }: Branches): void {
  if (block.path.type === 'PathExpression' && block.path.original === 'raw') {
    checkShape(evaluation, { ...block, loc: block.path.loc }, { name: 'raw', parameters: [] });
    write(block.program, undefined);
  } else {
    reportIn(evaluation, unknownBlock(evaluation, block));
  }
}

function unknownBlock(evaluation: Evaluation, { path }: BlockStatement) {
  const span = spanIn(evaluation, path.loc);
  const name = path.type === 'PathExpression' ? path.original : String(path.value);
  if (name === 'macro') return catalogue.nestedMacro({ span });
  return catalogue.unknownBlock({ name, span, callable: calleeNamed(evaluation, name) !== undefined });
}
