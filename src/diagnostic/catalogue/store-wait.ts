import type { Diagnostic } from '../diagnostic.ts';

export function relationHeld(held: {
  readonly node: string;
  readonly relation: string;
  /** Who holds it, in words; empty where the engine does not tell. */
  readonly holders: readonly string[];
  /** In milliseconds. */
  readonly waited: number;
}): Diagnostic {
  const { node, relation, holders, waited } = held;
  const by = holders.length === 0 ? 'somebody' : holders.join('; ');
  return {
    code: 'STO-015',
    severity: 'error',
    message: `Nothing was published: "${relation}" of ${node} was held for all of ${seconds(waited)}, by ${by}.`,
    hint: 'Transactions that read it stay open: end them, or wait for them, and run the command again. What was built is kept.',
  };
}

export function outrunByPublishes(outrun: {
  readonly environment: string;
  /** In milliseconds. */
  readonly waited: number;
}): Diagnostic {
  const { environment, waited } = outrun;
  return {
    code: 'STO-016',
    severity: 'error',
    message: `Nothing was published: for ${seconds(waited)} other runs published environment "${environment}" faster, again and again.`,
    hint: 'Run the command again when they are done; what was built is kept.',
  };
}

function seconds(milliseconds: number): string {
  return `${Math.max(1, Math.round(milliseconds / 1000))} s`;
}
