import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { secrets } from '../../../src/diagnostic/redaction.ts';
import { S3Landing } from '../../../src/landing/s3/s3-landing.ts';
import { writeBatch } from '../../../src/landing/write-batch.ts';
import { scratchFolder } from '../../seed/scratch-project.ts';
import { makeCertificates } from '../../support/certificates.ts';
import { startProxy, type TestProxy } from '../../support/network/proxy.ts';
import { model } from '../../support/program.ts';
import { AWS_ENVIRONMENT, BUCKET, placeAt, setEnvironment, testServer } from '../../support/s3/s3-place.ts';
import type { S3Server } from '../../support/s3/s3-server.ts';
import { scratchProject } from '../../support/scratch-project.ts';

const HEAD = { table: 'orders', columns: [{ name: 'id', type: 'bigint' }] };
const CHUNK = { bytes: Buffer.from('1\n'), rows: 1 };
const SEEDS = {
  'seeds/numbers.ts': `import { defineSeed } from 'modelwright';
export default defineSeed({ columns: { id: 'integer' }, *rows() { yield [1]; yield [2]; } });
`,
};

test.each([
  ['with', 'http://'],
  ['without a scheme, but with', ''],
])('A landing zone over TLS is reached through the tunnel of HTTPS_PROXY, %s its user and password', async (_how, scheme) => {
  const { server, ca } = await secureServer();
  const proxy = await proxyFor('someone:pass word');
  const end = await model('generate', {
    cwd: projectAt(server),
    env: {
      ...AWS_ENVIRONMENT,
      HTTPS_PROXY: proxy.url.replace('http://', scheme),
      NODE_EXTRA_CA_CERTS: ca,
    },
  });
  expect(end.code, end.stderr).toBe(0);
  expect(server.keys(BUCKET)).toContain('zone/numbers/manifest.json');
  expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${new URL(server.endpoint).host}`]));
  expect(proxy.asked.length).toBeLessThan(server.requests.length);
});

test('A proxy that refuses the user and password is told, without the password', async () => {
  const { server, ca } = await secureServer();
  const proxy = await proxyFor('someone:password');
  const end = await model('generate', {
    cwd: projectAt(server),
    env: {
      ...AWS_ENVIRONMENT,
      HTTPS_PROXY: proxy.url.replace('password', 'mistaken'),
      NODE_EXTRA_CA_CERTS: ca,
    },
  });
  expect(end.code).toBe(2);
  expect(end.stderr).toMatch(/LND-017.*proxy/s);
  expect(end.stdout + end.stderr).not.toContain('mistaken');
});

test('A landing zone without TLS is reached through HTTP_PROXY, request by request', async () => {
  const server = await testServer();
  const proxy = await proxyFor();
  withEnvironment({ HTTP_PROXY: proxy.url });
  const landing = new S3Landing(placeAt(server));
  const manifest = await writeBatch(landing, HEAD, [CHUNK]);
  expect(await landing.batches('orders', raise)).toEqual([{ path: 'orders', manifest }]);
  // One that is lost on a kept connection is sent again.
  expect(proxy.asked.length).toBeGreaterThanOrEqual(server.requests.length);
  expect(proxy.asked[0]).toMatch(`GET ${server.endpoint}/${BUCKET}`);
});

test('Hosts that NO_PROXY names are reached without the proxy', async () => {
  const server = await testServer();
  const proxy = await proxyFor();
  withEnvironment({ HTTP_PROXY: proxy.url, NO_PROXY: 'localhost,127.0.0.1' });
  await writeBatch(new S3Landing(placeAt(server)), HEAD, [CHUNK]);
  expect(server.keys(BUCKET)).toContain('zone/orders/manifest.json');
  expect(proxy.asked).toEqual([]);
});

test('A proxy that does not answer is told as the connection that it is', async () => {
  const server = await testServer();
  const proxy = await startProxy();
  await proxy.close();
  withEnvironment({ HTTP_PROXY: proxy.url });
  await expect(new S3Landing(placeAt(server)).tables()).rejects.toThrow(/LND-017.*ECONNREFUSED/);
});

test('What is not the URL of an HTTP proxy is told, and not shown', async () => {
  const server = await testServer();
  withEnvironment({ HTTP_PROXY: 'socks5://someone:password@127.0.0.1:1080' });
  const failure = new S3Landing(placeAt(server)).tables();
  await expect(failure).rejects.toThrow(/NET-001/);
  await expect(failure).rejects.not.toThrow(/password/);
});

test('The password of a proxy is a secret of the process', async () => {
  const server = await testServer();
  const proxy = await proxyFor('someone:never+to+be+seen');
  withEnvironment({ HTTP_PROXY: proxy.url });
  await new S3Landing(placeAt(server)).tables();
  expect(secrets.redact(`${proxy.url} never+to+be+seen`)).not.toContain('never');
});

/** A server that speaks TLS, and the authority that a program must know. */
async function secureServer(): Promise<{ readonly server: S3Server; readonly ca: string }> {
  const folder = scratchFolder();
  makeCertificates(folder, 'DNS:localhost');
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const server = await testServer({ tls: { key: read('server.key'), cert: read('server.crt') } });
  const endpoint = server.endpoint.replace('127.0.0.1', 'localhost');
  return { server: { ...server, endpoint }, ca: join(folder, 'ca.crt') };
}

async function proxyFor(login?: string): Promise<TestProxy> {
  const proxy = await startProxy(login);
  onTestFinished(() => proxy.close());
  return proxy;
}

function withEnvironment(variables: Readonly<Record<string, string>>): void {
  onTestFinished(setEnvironment(variables));
}

/** A project that lands at the server. */
function projectAt({ endpoint }: S3Server): string {
  const landing = { landing: `s3://${BUCKET}/zone`, endpoint, force_path_style: true };
  const target = { adapter: 'duckdb', path: 'dev.duckdb', schema: 'analytics', ...landing };
  const projectYml = `name: shop\ntarget: dev\ntargets:\n  dev: ${JSON.stringify(target)}\n`;
  return scratchProject({ 'project.yml': projectYml, ...SEEDS });
}

function raise(problem: { readonly message: string }): never {
  throw new Error(problem.message);
}
