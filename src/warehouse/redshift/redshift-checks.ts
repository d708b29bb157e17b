import type { Check } from '../../diagnostic/check.ts';
import type { RedshiftSettings } from '../../project/redshift-settings.ts';
import { connectionConfig } from '../postgres/connection-config.ts';
import { serverChecks } from '../postgres/server-checks.ts';
import { loginSource } from './login.ts';
import { placeOf, serverSettings } from './server-settings.ts';

const NOBODY = { user: '', password: '' };

/** What must work before Amazon Redshift can be asked to let anybody in: the network, and AWS where it gives the login. */
export function redshiftChecks(settings: RedshiftSettings): readonly Check[] {
  const config = () => connectionConfig(serverSettings(settings, NOBODY));
  const server = serverChecks({ place: placeOf(settings), config });
  return settings.iam === undefined ? server : [...server, temporaryLogin(settings)];
}

function temporaryLogin(settings: RedshiftSettings): Check {
  return {
    what: 'temporary credentials',
    needs: [],
    look: async () => {
      const source = await loginSource(settings);
      const { user } = await source.login();
      return `AWS lets this process log in as "${user}"`;
    },
  };
}
