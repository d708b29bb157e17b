import { generationRefused } from '../diagnostic/catalogue/run.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import { openLanding } from '../landing/open-landing.ts';
import { DEFAULT_ENVIRONMENT } from '../project/name.ts';
import type { LandOptions } from './land.ts';
import type { RunInput } from './run-input.ts';

/**
 * Whether a run generates: landed data are shared by all environments, so a build in any but the default one generates only
 * into an empty landing zone. `model generate` and `model seed` do as they are told everywhere.
 */
export async function mayGenerate(
  { dag, options }: Pick<RunInput, 'dag' | 'options'>,
  landing: LandOptions,
): Promise<boolean> {
  if (!landing.generates) return false;
  const { environment, target } = dag.manifest.project;
  if (environment === DEFAULT_ENVIRONMENT || !options.tests) return true;
  const isEmpty = (await (await openLanding(target.landing)).tables()).length === 0;
  if (isEmpty) return true;
  if (Object.keys(landing.seedOptions).length > 0)
    throw new DiagnosticError([generationRefused({ environment })]);
  return false;
}
