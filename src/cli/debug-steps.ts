import { type Diagnostic, stage } from '../diagnostic/diagnostic.ts';
import { openLanding } from '../landing/open-landing.ts';
import { loadProject } from '../project/load.ts';
import { environmentOf } from '../store/environment.ts';
import { readStoreState } from '../store/store-state.ts';
import { openWarehouse } from '../warehouse/open.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { diagnosticsOf } from './failure.ts';
import type { Invocation } from './invocation.ts';
import { projectRequest } from './project-flags.ts';
import type { WarehouseFlags } from './store-session.ts';
import { waitSeconds } from './wait-seconds.ts';

/** A step of `model debug`: what was tried, and what came of it: a sentence, or what is wrong. */
export interface DebugStep {
  readonly what: string;
  readonly outcome: string | readonly Diagnostic[];
}

/** Tries one thing after the other; what a failed step would have given is not tried. */
export async function* debugSteps(flags: WarehouseFlags, invocation: Invocation): AsyncGenerator<DebugStep> {
  const { warn } = invocation;
  const read = await attempt(async () =>
    stage(async (report) => loadProject(await projectRequest(flags, invocation, warn), report), warn),
  );
  if (!('value' in read)) return yield { what: 'project.yml', outcome: read.problems };
  const project = read.value;
  const { target } = project;
  yield {
    what: 'project.yml',
    outcome: `${project.name}, target ${target.name} (${target.adapter}), ${project.files.length} files`,
  };

  const landing = await attempt(async () => {
    const zone = await openLanding(target.landing);
    const probe = `_debug-${process.pid}`;
    await zone.write(probe, new TextEncoder().encode('ok'));
    await zone.remove(probe);
    return `${zone.address} is readable and writable, ${(await zone.tables()).length} tables have landed`;
  });
  yield { what: 'landing zone', outcome: 'value' in landing ? landing.value : landing.problems };

  const opened = await attempt(() => openWarehouse(target, { waitSeconds: waitSeconds(flags.wait) }));
  if (!('value' in opened)) return yield { what: 'warehouse', outcome: opened.problems };
  try {
    yield {
      what: 'warehouse',
      outcome: `${target.path ?? target.name} opens, ${opened.value.dialect.name} ${opened.value.engineVersion}`,
    };
    const store = await attempt(() => describeStore(opened.value, target.schema, project.environment));
    yield { what: 'store', outcome: 'value' in store ? store.value : store.problems };
  } finally {
    await opened.value.close();
  }
}

async function describeStore(warehouse: Warehouse, schema: string, name: string): Promise<string> {
  const session = await warehouse.open();
  const environment = environmentOf(schema, name);
  const state = await readStoreState(session, warehouse.dialect, {
    environment,
    base: undefined,
    schema,
    schemas: [],
  });
  const { sequence, versions } = state.own;
  return `environment ${name}: ${versions.size} versions, ${sequence === 0 ? 'nothing published yet' : `publication ${sequence}`}`;
}

type Attempt<T> = { readonly value: T } | { readonly problems: readonly Diagnostic[] };

async function attempt<T>(work: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    return { problems: diagnosticsOf(error) };
  }
}
