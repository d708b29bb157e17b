/** A count with its noun: `1 model`, `1,250 rows`. */
export function counted(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A whole number with commas: `1,250,000`. `Intl` would take longer to start than a small project to compile. */
export function countText(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
