import { type Customers, NOBODY } from './revenue.ts';

/** How one customer's ARR differs between two moments, in cents. */
export interface Movement {
  readonly user: string;
  readonly kind: 'new' | 'reactivation' | 'expansion' | 'contraction' | 'churn';
  readonly opening: bigint;
  readonly closing: bigint;
}

/** The movements between each moment and the one before it; before the first there is nobody. */
export function movementsOf(moments: readonly Customers[]): readonly (readonly Movement[])[] {
  const paidBefore = new Set<string>();
  return moments.map((now, index) => {
    const before = moments[index - 1] ?? NOBODY;
    const users = [...new Set([...before.keys(), ...now.keys()])];
    const movements = users.flatMap((user) =>
      movementOf(user, before.get(user) ?? 0n, now.get(user) ?? 0n, paidBefore.has(user)),
    );
    for (const user of now.keys()) paidBefore.add(user);
    return movements;
  });
}

export function totalOf(amounts: Iterable<bigint>): bigint {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
}

function movementOf(user: string, opening: bigint, closing: bigint, hasPaid: boolean): readonly Movement[] {
  if (opening === closing) return [];
  return [{ user, kind: kindOf(opening, closing, hasPaid), opening, closing }];
}

function kindOf(opening: bigint, closing: bigint, hasPaid: boolean): Movement['kind'] {
  if (opening === 0n) return hasPaid ? 'reactivation' : 'new';
  if (closing === 0n) return 'churn';
  return closing > opening ? 'expansion' : 'contraction';
}
