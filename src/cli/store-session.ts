import type { Report } from '../diagnostic/diagnostic.ts';
import { stage } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { loadProject } from '../project/load.ts';
import type { Project } from '../project/project.ts';
import { type Environment, environmentOf } from '../store/environment.ts';
import { openWarehouse } from '../warehouse/open.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { Invocation } from './invocation.ts';
import { type ProjectFlags, projectRequest } from './project-flags.ts';
import { waitSeconds } from './wait-seconds.ts';

/** The options of commands that open the warehouse, as commander reads them. */
export interface WarehouseFlags extends ProjectFlags {
  readonly wait?: number | true | undefined;
}

/** What a command of the store works with. */
export interface StoreSession {
  readonly project: Project;
  readonly environment: Environment;
  readonly session: Session;
  readonly dialect: Dialect;
  readonly warn: Report;
}

/** Opens the target's warehouse for a piece of work, and closes it after. The project is read, but not parsed. */
export async function withStore<T>(
  flags: WarehouseFlags,
  invocation: Invocation,
  work: (store: StoreSession) => Promise<T>,
): Promise<T> {
  const { warn } = invocation;
  const request = await projectRequest(flags, invocation, warn);
  const project = await stage((report) => loadProject(request, report), warn);
  const environment = environmentOf(project.target.schema, project.environment);
  const warehouse = await openWarehouse(project.target, {
    waitSeconds: waitSeconds(flags.wait),
    signal: invocation.signal,
  });
  try {
    const session = await warehouse.open();
    const cancel = () => void session.cancel();
    invocation.signal.addEventListener('abort', cancel, { once: true });
    return await work({ project, environment, session, dialect: warehouse.dialect, warn });
  } finally {
    await warehouse.close();
  }
}
