import type { Check } from '../diagnostic/check.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import { landingChecks } from '../landing/landing-checks.ts';
import { landedSchema } from '../manifest/published-relation.ts';
import type { Project } from '../project/project.ts';
import { environmentOf, loadStore } from '../store/environment.ts';
import { seeRights } from '../store/schema-rights.ts';
import { seeStore } from '../store/store-sight.ts';
import { connectionChecks } from '../warehouse/connection-checks.ts';
import { openWarehouse } from '../warehouse/open.ts';
import { seeTextOrder } from '../warehouse/text-order.ts';
import type { Session, Warehouse } from '../warehouse/warehouse.ts';

/** The checks of a target, and what ends the connections that they opened. */
export interface TargetChecks {
  readonly checks: readonly Check[];
  readonly close: () => Promise<void>;
}

/** What must work, from the network up, for a project to be built on its target. */
export async function targetChecks(
  project: Project,
  options: Parameters<typeof openWarehouse>[1],
): Promise<TargetChecks> {
  const { target } = project;
  const connection = await connectionChecks(target);
  let opened: Warehouse | undefined;
  const open: Check = {
    what: target.path === undefined ? 'login' : 'warehouse',
    needs: connection.map(({ what }) => what),
    look: async () => {
      opened = await openWarehouse(target, options);
      const where = target.path ?? `"${target.settings['database']}"`;
      return `${where} opens, ${opened.dialect.name} ${opened.engineVersion}`;
    },
  };
  const inWarehouse = (
    what: string,
    see: (session: Session, warehouse: Warehouse, warn: Report) => Promise<string>,
  ): Check => ({
    ...{ what, needs: [open.what] },
    look: async (warn) => {
      if (opened === undefined) throw new Error('A check that needs the warehouse comes after it is opened.');
      const session = await opened.open();
      try {
        return await see(session, opened, warn);
      } finally {
        await session.close();
      }
    },
  });
  const environment = environmentOf(target.schema, project.environment);
  const schemas = [
    ...[environment.schema, environment.store],
    ...[loadStore(target.schema), landedSchema(project)],
  ];
  return {
    checks: [
      ...connection,
      open,
      inWarehouse('text order', (session, _, warn) => seeTextOrder(session, warn)),
      inWarehouse('schema rights', (session, { dialect }) => seeRights(session, dialect, schemas)),
      inWarehouse('store', (session, { dialect }) => seeStore(session, dialect, project)),
      ...landingChecks(target.landing),
    ],
    close: async () => opened?.close(),
  };
}
