/** A search ends by then, with what it has: so many tries, and milliseconds. */
const MOST_TRIES = 1500;
const LONGEST_MS = 20_000;

/**
 * Leaves out items as long as the rest still holds (delta debugging): large stretches first, then smaller ones, until no single
 * item can go. The order of items stays. What is given holds.
 */
export async function smallest<Item>(
  items: readonly Item[],
  holds: (items: readonly Item[]) => Promise<boolean>,
): Promise<readonly Item[]> {
  const deadline = Date.now() + LONGEST_MS;
  let kept = items;
  let tries = 0;
  for (let size = kept.length; size >= 1; ) {
    const before = kept.length;
    for (let at = 0; at < kept.length; ) {
      if (++tries > MOST_TRIES || Date.now() > deadline) return kept;
      const rest = [...kept.slice(0, at), ...kept.slice(at + size)];
      if (await holds(rest)) kept = rest;
      else at += size;
    }
    if (size > 1) size = Math.ceil(size / 2);
    else if (kept.length === before) break;
  }
  return kept;
}
