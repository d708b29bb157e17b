import type { Dialect } from '../dialect/dialect.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { readRelations } from './catalog.ts';
import { loadStore } from './environment.ts';
import { readLoads } from './load-record.ts';
import { LOAD, stateRelation } from './state-table.ts';

/** When each landed table last took rows, by the warehouse's clock; `schema` is the target's. Empty where nothing was loaded. */
export async function readLastLoads(
  session: Session,
  dialect: Dialect,
  schema: string,
): Promise<ReadonlyMap<string, string>> {
  const store = loadStore(schema);
  const catalog = await readRelations(session, dialect, [store]);
  const loads = catalog.find(stateRelation(store, LOAD)) === undefined ? [] : await readLoads(session, store);
  const last = new Map<string, string>();
  for (const { table, loadId, loadedAt } of loads) {
    if (loadId !== null && loadedAt !== null && loadedAt > (last.get(table) ?? '')) last.set(table, loadedAt);
  }
  return last;
}
