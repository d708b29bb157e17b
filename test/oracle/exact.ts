/** A quotient as `numeric(18,6)` shows it, rounded half away from zero; NULL where the denominator is 0. */
export function ratio(numerator: bigint | number, denominator: bigint | number): string | null {
  const divisor = BigInt(denominator);
  if (divisor === 0n) return null;
  return decimalText(divideHalfAway(BigInt(numerator) * 1_000_000n, divisor), 6);
}

/** Cents as `numeric(18,2)` shows them. */
export function money(cents: bigint): string {
  return decimalText(cents, 2);
}

/** An exact decimal number: `units` of 10^-scale. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

export function decimalOf(text: string): Decimal {
  const [whole = '', fraction = ''] = text.split('.');
  return { units: BigInt(whole + fraction), scale: fraction.length };
}

/** A quotient of whole numbers, rounded half away from zero. */
export function divideHalfAway(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const [n, d] = [magnitude(numerator), magnitude(denominator)];
  const quotient = (2n * n + d) / (2n * d);
  return negative ? -quotient : quotient;
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function decimalText(units: bigint, scale: number): string {
  const digits = magnitude(units)
    .toString()
    .padStart(scale + 1, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
