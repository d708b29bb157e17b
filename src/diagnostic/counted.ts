/** A count with its noun: `1 model`, `1,250 rows`. */
export function counted(count: number, noun: string): string {
  return `${Math.round(count).toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
