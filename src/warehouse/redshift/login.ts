import type { RedshiftSettings } from '../../project/redshift-settings.ts';
import type { LoginSource } from './login-source.ts';

/** The user and password of the target, or temporary credentials. */
export async function loginSource(settings: RedshiftSettings): Promise<LoginSource> {
  const { user = '', password = '', iam } = settings;
  if (iam === undefined) return { login: async () => ({ user, password }), refused: () => false };
  const [{ TemporaryLogin }, { requestCredentials }] = await Promise.all([
    import('./temporary-login.ts'),
    import('./iam-credentials.ts'),
  ]);
  return new TemporaryLogin(() => requestCredentials(iam, settings));
}
