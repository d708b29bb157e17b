import { cell, required, type TextRow } from './text-row.ts';

/** Who landed as a user; internal ones count nowhere. */
export interface Users {
  readonly known: ReadonlySet<string>;
  readonly internal: ReadonlySet<string>;
}

export function usersOf(landed: readonly TextRow[]): Users {
  const internal = landed.filter((row) => cell(row, 'is_internal') === 'true');
  return { known: new Set(landed.map(idOf)), internal: new Set(internal.map(idOf)) };
}

function idOf(row: TextRow): string {
  return required(row, 'user_id');
}
