import { HelperError } from '../template/helper.ts';

/** `decode` as a `case`, for engines without the function: searched values and results in turn, then what all others give. */
export function decodedCase(expression: string, searched: readonly string[]): string {
  const { pairs, otherwise } = decoded(searched);
  const branches = pairs.map(({ value, result }) => `${whenEqual(expression, value)} then ${result}`);
  return ['case', ...branches, ...(otherwise === undefined ? [] : [`else ${otherwise}`]), 'end'].join(' ');
}

function whenEqual(expression: string, value: string): string {
  return /^\s*null\s*$/i.test(value)
    ? `when ${expression} is null`
    : `when ${expression} is not distinct from ${value}`;
}

interface Decoded {
  readonly pairs: readonly { readonly value: string; readonly result: string }[];
  readonly otherwise: string | undefined;
}

/** The arguments of `decode` behind its first; throws where there is not even one value with its result. */
export function decoded(searched: readonly string[]): Decoded {
  if (searched.length < 2) throw new HelperError('At least one value and its result are needed.');
  const pairs: { value: string; result: string }[] = [];
  for (let index = 0; index + 1 < searched.length; index += 2)
    pairs.push({ value: searched[index] ?? '', result: searched[index + 1] ?? '' });
  return { pairs, otherwise: searched.length % 2 === 1 ? searched.at(-1) : undefined };
}
