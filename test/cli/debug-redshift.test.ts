import { expect, onTestFinished, test } from 'vitest';
import { secrets } from '../../src/diagnostic/redaction.ts';
import { startCredentialService } from '../support/redshift/credential-service.ts';
import { BUCKET, describeRedshift, LOGIN, WRITER_KEY } from '../support/redshift/database.ts';
import { AWS_ENVIRONMENT, setEnvironment } from '../support/s3/s3-place.ts';
import { debugged, LANDED, OPEN, projectOn, REACHED, READ } from './debugged.ts';

describeRedshift('debug of a Redshift target, on the stand-in', (redshift) => {
  const env = { REDSHIFT_PASSWORD: LOGIN.password };
  const target = (more: object = {}) => {
    const { password, ...settings } = redshift.settings;
    return {
      ...{ adapter: 'redshift', ...settings, password: '{{env_var "REDSHIFT_PASSWORD"}}' },
      ...{ landing: `s3://${BUCKET}/zone`, region: 'us-east-1', endpoint: redshift.s3.endpoint },
      ...{ force_path_style: true, ...more },
    };
  };
  const asWriter = () =>
    setEnvironment({
      ...AWS_ENVIRONMENT,
      ...{ AWS_ACCESS_KEY_ID: WRITER_KEY.accessKeyId, AWS_SECRET_ACCESS_KEY: WRITER_KEY.secretAccessKey },
    });

  test('passes where all works: the warehouse fetches what was landed, with its role', async () => {
    onTestFinished(asWriter());
    const all = { ...READ, ...REACHED, login: 'ok', ...OPEN, ...LANDED, 'COPY role': 'ok' };
    expect(await debugged(projectOn(target()), env)).toEqual(all);
    expect(redshift.s3.keys(BUCKET)).toEqual([]);
    expect(await redshift.admin(`select relname from pg_class where relname like '%debug%'`)).toEqual([]);
  });

  test('says that the role may not read the landing zone, and what it may need', async () => {
    onTestFinished(asWriter());
    const root = projectOn(target({ iam_role: 'arn:aws:iam::123456789012:role/nobody' }));
    expect(await debugged(root, env)).toMatchObject({ 'landing remove': 'ok', 'COPY role': 'WHS-032' });
    expect(redshift.s3.keys(BUCKET)).toEqual([]);
  });

  test('does not try the role where nothing can be landed or nobody is let in', async () => {
    onTestFinished(asWriter());
    const nowhere = projectOn(target({ landing: 's3://no-such-bucket/zone' }));
    expect(await debugged(nowhere, env)).toMatchObject({ 'COPY role': 'needs landing write' });
    const wrong = await debugged(projectOn(target()), { REDSHIFT_PASSWORD: 'wrong one' });
    expect(wrong).toMatchObject({ TLS: 'ok', login: 'WHS-013', 'COPY role': 'needs login' });
  });

  test('tells what AWS gives where it gives the login, and hides the password', async () => {
    const password = 'of a quarter of an hour';
    let refusal: string | undefined;
    const login = { user: 'IAM:ada', password, expires: new Date(Date.now() + 900_000) };
    const service = await startCredentialService(() => refusal ?? login);
    onTestFinished(() => service.close());
    onTestFinished(asWriter());
    const iam = { cluster_identifier: 'c', region: 'us-east-1', endpoint: service.endpoint };
    const { user, password: _, ...withoutLogin } = target({ iam });
    const root = projectOn(withoutLogin);
    expect(await debugged(root)).toMatchObject({ TLS: 'WHS-018', 'temporary credentials': 'ok' });
    expect(secrets.redact(`say ${password}`)).toBe('say ***');
    refusal = 'not for you';
    const refused = await debugged(root);
    expect(refused).toMatchObject({
      'temporary credentials': 'WHS-025',
      login: expect.stringContaining('needs'),
    });
  });
});
