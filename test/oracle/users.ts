import { cell, type TextRow } from './text-row.ts';

/** The ids of users whose activity and subscriptions count: landed, and not internal. */
export function countedUsers(landed: readonly TextRow[]): ReadonlySet<string> {
  const ids = landed
    .filter((row) => cell(row, 'is_internal') !== 'true')
    .map((row) => cell(row, 'user_id'))
    .filter((id) => id !== null);
  return new Set(ids);
}
