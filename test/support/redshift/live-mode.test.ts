import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { AWS_ENVIRONMENT } from '../s3/s3-place.ts';
import { BUCKET, COPY_ROLE, describeRedshift, LOGIN } from './database.ts';
import { SERIALIZABLE_VIOLATION } from './fault.ts';
import { remembered } from './remembered.ts';

const FULL = process.env['MODEL_TEST_SIZE'] === 'full';
/** The part of the suite that has refusals, and what needs a landing zone. */
const PART = ['--testNamePattern', 'is refused|A project'];
const REPOSITORY = new URL('../../..', import.meta.url).pathname;
const VITEST = join(REPOSITORY, 'node_modules/vitest/vitest.mjs');

/** The stand-in plays the cluster, so that the suite for live clusters itself is tested. */
describeRedshift('The live suite, on the stand-in as the cluster', (redshift) => {
  test('finds all that is remembered, and leaves nothing behind', { timeout: 300_000 }, async () => {
    const { code, output, report } = await liveSuite();
    expect(output).toContain('What was only remembered of Redshift, on 127.0.0.1: PostgreSQL 8.0.2');
    expect(code, output).toBe(0);
    expect(verdictsIn(report)).toEqual(new Map([...remembered()].map((fact) => [fact, 'held'])));
    expect(redshift.s3.requests.length).toBeGreaterThan(0);
    expect(await leftovers()).toEqual([]);
  });

  test('says what does not hold, and what was not tried without a landing zone', {
    timeout: 300_000,
  }, async () => {
    redshift.server.faults.add({ statement: /filter \(where/, fault: SERIALIZABLE_VIOLATION });
    onTestFinished(() => redshift.server.faults.clear());
    const { code, report } = await liveSuite({ MODEL_LIVE_REDSHIFT_LANDING: undefined }, FULL ? [] : PART);
    expect(code).toBe(1);
    expect(report).toMatch(/^\| no FILTER \| did not hold \| .+ \|$/m);
    const verdicts = verdictsIn(report);
    expect(verdicts.get('no DISTINCT ON')).toBe('held');
    expect(verdicts.get('load errors outlast ROLLBACK')).toBe('not tried');
    expect([...verdicts.values()].filter((verdict) => verdict === 'did not hold')).toHaveLength(1);
    expect(await leftovers()).toEqual([]);
  });

  /** Runs it in a vitest of its own. */
  function liveSuite(
    changes: Readonly<Record<string, string | undefined>> = {},
    flags: readonly string[] = [],
  ) {
    const folder = mkdtempSync(join(tmpdir(), 'model-live-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'report.md');
    const { PATH, HOME } = process.env;
    const env = {
      ...{ PATH, HOME, ...AWS_ENVIRONMENT, AWS_REGION: 'us-east-1' },
      AWS_ENDPOINT_URL_S3: redshift.s3.endpoint,
      MODEL_LIVE_REDSHIFT_URL: `postgres://${LOGIN.user}:${LOGIN.password}@127.0.0.1:${redshift.server.port}/dev`,
      MODEL_LIVE_REDSHIFT_LANDING: `s3://${BUCKET}/live`,
      ...{ MODEL_LIVE_REDSHIFT_IAM_ROLE: COPY_ROLE, MODEL_LIVE_REDSHIFT_REPORT: file, ...changes },
    };
    return new Promise<{ code: number; output: string; report: string }>((resolve) => {
      const words = [VITEST, 'run', 'test/support/redshift/live.test.ts', ...flags];
      const options = { cwd: REPOSITORY, env, timeout: 240_000, maxBuffer: 64 * 1024 * 1024 };
      const child = execFile(process.execPath, words, options, (_, stdout, stderr) =>
        resolve({ code: child.exitCode ?? -1, output: stdout + stderr, report: readFileSync(file, 'utf8') }),
      );
    });
  }

  async function leftovers(): Promise<readonly unknown[]> {
    const schemas = await redshift.admin(
      `select nspname from pg_namespace where nspname like 'modelwright%'`,
    );
    const identities = await redshift.admin(`select name from stand_in.identities where name <> 'analyst'`);
    return [...schemas, ...identities, ...redshift.s3.keys(BUCKET)];
  }
});

function verdictsIn(report: string): ReadonlyMap<string, string> {
  const rows = [...report.matchAll(/^\| (.+?) \| (held|did not hold|not tried) \|/gm)];
  return new Map(rows.map(([, fact = '', verdict = '']) => [fact, verdict]));
}
