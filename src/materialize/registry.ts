import type { MaterializationName } from '../manifest/config.ts';
import type { Materialization } from './materialization.ts';
import { table } from './table.ts';
import { view } from './view.ts';

/** The materialization of a model; undefined for what leaves no relation (ephemeral) or is loaded, not selected (seed). */
export function materializationOf(name: MaterializationName): Materialization | undefined {
  switch (name) {
    case 'table':
      return table;
    case 'view':
      return view;
    case 'ephemeral':
    case 'seed':
      return undefined;
  }
}
