import { afterAll, beforeAll } from 'vitest';
import { openRedshift } from '../../../src/warehouse/redshift/redshift-warehouse.ts';
import type { Session, Warehouse } from '../../../src/warehouse/warehouse.ts';
import type { TestRedshift } from './database.ts';

/** A warehouse on the stand-in and a session of it, for a group of tests. */
export function openStandIn(
  redshift: TestRedshift,
  threads = 4,
): { readonly warehouse: Warehouse; readonly session: Session } {
  let opened: { readonly warehouse: Warehouse; readonly session: Session } | undefined;
  beforeAll(async () => {
    const warehouse = await openRedshift(redshift.settings, { threads });
    opened = { warehouse, session: await warehouse.open() };
  });
  afterAll(() => opened?.warehouse.close());
  const given = () => {
    if (opened === undefined) throw new Error('The stand-in opens before the first test of its group.');
    return opened;
  };
  return {
    get warehouse() {
      return given().warehouse;
    },
    get session() {
      return given().session;
    },
  };
}
