import type { Diagnostic } from '../diagnostic.ts';

/** A retired relation whose time is over, and that cannot be removed. */
export function retiredHeld(held: {
  readonly relation: string;
  readonly views: readonly string[];
}): Diagnostic {
  const { relation, views } = held;
  const [stand, them] = views.length === 1 ? ['stands', 'it'] : ['stand', 'them'];
  return {
    code: 'STO-021',
    severity: 'warning',
    message: `"${relation}" is retired and its time is over, but it is kept: ${views.join(', ')} ${stand} on it.`,
    hint: `Drop ${them}; the next run that publishes removes the relation.`,
  };
}

/** A published schema of an environment that was dropped, in which people keep something of their own. */
export function schemaKept({
  schema,
  reason,
}: {
  readonly schema: string;
  readonly reason: string;
}): Diagnostic {
  return {
    code: 'STO-022',
    severity: 'warning',
    message: `The schema "${schema}" of the environment was not dropped: ${reason}.`,
    hint: 'Nothing of modelwright is left in it. Drop it yourself once nobody needs it.',
  };
}

/** A table that could not be dropped. */
interface KeptTable {
  readonly relation: string;
  readonly reason: string;
}

/** A replaced table that could not be dropped; the next publish or prune does it. */
export function leftoverKept({ relation, reason }: KeptTable): Diagnostic {
  return {
    code: 'STO-012',
    severity: 'warning',
    message: `The replaced table "${relation}" could not be dropped yet: ${reason}`,
  };
}

/** The failing rows of an earlier run, of a test that has none any more. */
export function failuresTableKept({ relation, reason }: KeptTable): Diagnostic {
  return {
    code: 'STO-023',
    severity: 'warning',
    message: `The earlier failing rows in "${relation}" could not be dropped: ${reason}`,
    hint: 'The test has none any more. The next run of it tries again.',
  };
}
