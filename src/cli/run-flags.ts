import type { SelectFlags } from './selection-flags.ts';
import type { WarehouseFlags } from './store-session.ts';

/** The options of run, build, test and seed, as commander reads them; a command has those that it declares. */
export interface RunFlags extends WarehouseFlags, SelectFlags {
  readonly failFast?: true | undefined;
  readonly fullRefresh?: true | undefined;
  readonly publish?: 'passed' | 'all' | undefined;
  readonly publishLive?: true | undefined;
  readonly adopt?: readonly string[] | true | undefined;
  readonly samples?: boolean | undefined;
  readonly storeFailures?: true | undefined;
  /** False with `--no-cache`. */
  readonly cache?: boolean | undefined;
  readonly verifyReuse?: true | undefined;
  readonly maxErrors?: number | undefined;
  readonly check?: true | undefined;
  readonly preset?: 'tiny' | 'demo' | 'big' | undefined;
  readonly seed?: number | undefined;
  readonly days?: number | undefined;
  readonly users?: number | undefined;
  readonly asOf?: string | undefined;
}
