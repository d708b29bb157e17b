import type { Check } from '../diagnostic/check.ts';
import { postgresSettings } from '../project/postgres-settings.ts';
import type { Target } from '../project/project.ts';
import { redshiftSettings } from '../project/redshift-settings.ts';

/** What must work, one after the other, before a target's warehouse can be opened; nothing where it is in this process. */
export async function connectionChecks({ adapter, settings }: Target): Promise<readonly Check[]> {
  switch (adapter) {
    case 'postgres': {
      const { postgresChecks } = await import('./postgres/postgres-checks.ts');
      return postgresChecks(postgresSettings.strip().parse(settings));
    }
    case 'redshift': {
      const { redshiftChecks } = await import('./redshift/redshift-checks.ts');
      return redshiftChecks(redshiftSettings.strip().parse(settings));
    }
    default:
      return [];
  }
}
