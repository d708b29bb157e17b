/**
 * A figure is what a benchmark measured beside the most that it may be.
 * `{ name, value, limit, unit: '×' | 's' | 'ms' | 'MB', detail }`
 */

/** A figure as a line, and whether it holds. */
export function verdict({ name, value, limit, unit, detail }) {
  const holds = value <= limit;
  const measured = `${value.toFixed(2)} ${unit}`.padStart(10);
  const line = `${holds ? 'holds ' : 'MISSED'} ${measured}  at most ${limit} ${unit}  ${name}`;
  return { line: detail === undefined ? line : `${line} (${detail})`, holds };
}

/** A figure that compares two measurements by the shortest time of each. */
export function ratio(name, { ours, peer }, limit) {
  const detail = `${ours.seconds.toFixed(2)} s to ${peer.seconds.toFixed(2)} s`;
  return { name, value: ours.seconds / peer.seconds, limit, unit: '×', detail };
}
