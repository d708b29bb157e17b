import { type DateField, operand } from '../../macro-argument.ts';

/** A week is ISO's; its year only `to_char` knows, and a week's day counts from Sunday, 0. */
export function field(name: DateField, moment: string): string {
  switch (name) {
    case 'iso_year':
      return `cast(to_char(${moment}, 'IYYY') as integer)`;
    case 'day_of_week':
      return `cast(mod(extract(dow from ${operand(moment)}) + 6, 7) + 1 as integer)`;
    case 'iso_week':
      return extracted('week', moment);
    case 'day_of_year':
      return extracted('doy', moment);
    case 'hour':
    case 'minute':
    case 'second':
      return extracted(name, `cast(${moment} as timestamp)`);
    default:
      return extracted(name, moment);
  }
}

function extracted(part: string, moment: string): string {
  return `cast(extract(${part} from ${operand(moment)}) as integer)`;
}
