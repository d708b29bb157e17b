import type { Check } from '../diagnostic/check.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import { dialectOf } from '../dialect/registry.ts';
import { landingChecks } from '../landing/landing-checks.ts';
import { openLanding } from '../landing/open-landing.ts';
import { landedSchema } from '../manifest/published-relation.ts';
import { fetchAccess } from '../project/fetch-access.ts';
import type { Project } from '../project/project.ts';
import { seeFetching } from '../seed/fetch-check.ts';
import { environmentOf, loadStore } from '../store/environment.ts';
import { seeRights } from '../store/schema-rights.ts';
import { seeStore } from '../store/store-sight.ts';
import { connectionChecks } from '../warehouse/connection-checks.ts';
import { type OpenOptions, openWarehouse } from '../warehouse/open.ts';
import { seeTextOrder } from '../warehouse/text-order.ts';
import type { Session, Warehouse } from '../warehouse/warehouse.ts';

/** The checks of a target, and what ends the connections that they opened. */
export interface TargetChecks {
  readonly checks: readonly Check[];
  readonly close: () => Promise<void>;
}

/** What must work, from the network up, for a project to be built on its target. */
export async function targetChecks(project: Project, options: OpenOptions): Promise<TargetChecks> {
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
    needs: readonly string[] = [],
  ): Check => ({
    what,
    needs: [open.what, ...needs],
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
  const copyRole = inWarehouse(
    'COPY role',
    async (session, { dialect }) => {
      const landing = await openLanding(target.landing);
      const access = fetchAccess(target);
      return seeFetching(session, dialect, { landing, access, schema: landedSchema(project) });
    },
    ['schema rights', 'landing write'],
  );
  return {
    checks: [
      ...connection,
      open,
      inWarehouse('text order', (session, _, warn) => seeTextOrder(session, warn)),
      inWarehouse('schema rights', (session, { dialect }) => seeRights(session, dialect, schemas)),
      inWarehouse('store', (session, { dialect }) => seeStore(session, dialect, project)),
      ...landingChecks(target.landing),
      ...(fetches(target) ? [copyRole] : []),
    ],
    close: async () => opened?.close(),
  };
}

/** The warehouse fetches files for itself, with a role of its own. */
function fetches({ adapter }: Project['target']): boolean {
  return dialectOf(adapter).supports.csv === 'manifest';
}
