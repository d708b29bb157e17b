import { describe, expect, test } from 'vitest';
import { createReporter, type ReporterOptions } from '../../src/report/create-reporter.ts';
import { EVENTS } from '../support/run.ts';
import { RecordingStream } from '../support/text-stream.ts';

const SUMMARY_TEXT = `\
Nodes:     1 generated, 1 loaded, 1 built, 1 reused, 1 in error, 1 skipped, 1 superseded
Tests:     1 passed, 1 warned, 1 failed
Published: 2 (countries, daily)
Slowest:   generating events 12.3 s, arr 1.00 s, loading events 1.00 s, recency_daily 1.00 s, weekly 0.50 s
error      weekly  models/weekly.sql:1:8  SQL-001 Column "dua" does not exist.
fail       unique_daily_activity_date  models/shop.yml:3:13  12 failing
superseded arr  run 9c published it meanwhile
Failed after 1 m 15 s.
`;

const FAILURES_TEXT = `\
 5/10  error       weekly                                0.50 s
  error SQL-001  models/weekly.sql:1:8  Column "dua" does not exist.
    > 1 | select dua
        |        ^^^
      2 | from {{ref "daily"}}
    Did you mean "dau"?
  SQL       target/compiled/shop/models/weekly.sql
 6/10  fail        unique_daily_activity_date            12 rows failed  42 ms
  test      unique_daily_activity_date of daily
  declared  models/shop.yml:3:13
  failed    12 rows
  SQL       target/compiled/shop/models/shop.yml/unique_daily_activity_date.sql
  first 2 of 12 rows
    activity_date    n
    -------------  ---
    2025-01-01       2
    NULL           130
`;

function report(options: Partial<ReporterOptions> = {}) {
  const stdout = new RecordingStream();
  const stderr = new RecordingStream(options.clock !== undefined);
  const reporter = createReporter({
    stdout,
    stderr,
    logFormat: 'text',
    quiet: false,
    color: true,
    environment: {},
    ...options,
  });
  for (const event of EVENTS) reporter.tell(event);
  reporter.close();
  return { stdout, stderr };
}

describe('the plain reporter', () => {
  test('writes what happens to stderr and the summary to stdout, without colours', () => {
    const { stdout, stderr } = report();
    expect(stdout.text).toBe(SUMMARY_TEXT);
    expect(stderr.text).toBe(`\
build on target dev (default), 10 nodes, 4 threads, run 20250131T000000Z-1f2e3d4c
Compiled 5 models.
generate  events  1,000,000 rows (80 %)  100,000 rows/s
 1/10  generated   events                                1,250,000 rows  12.3 s
 2/10  loaded      events                                1,250,000 rows  1.00 s
 3/10  built       daily                                 365 rows  0.42 s
 4/10  reused      countries
${FAILURES_TEXT} 8/10  warn        recency_daily                         1 row failed  1.00 s
  test      recency_daily of daily
  failed    1 row
 9/10  skipped     monthly                               weekly did not build
10/10  superseded  arr                                   run 9c published it meanwhile  1.00 s
warning CMP-009  "daily" calls random().
  Use a var.
Published 2 nodes as number 4.
`);
  });

  test('with --quiet shows only what went wrong, and the summary', () => {
    const { stdout, stderr } = report({ quiet: true });
    expect(stdout.text).toBe(SUMMARY_TEXT);
    expect(stderr.text).toBe(
      `${FAILURES_TEXT.replaceAll(/^ \d\/10 {2}/gm, '')}superseded  arr                                   run 9c published it meanwhile  1.00 s\n`,
    );
  });
});

describe('the JSON reporter', () => {
  test('writes one object a line to stdout and nothing to stderr', () => {
    const { stdout, stderr } = report({ logFormat: 'json' });
    expect(stderr.text).toBe('');
    const lines = stdout.text.trimEnd().split('\n');
    expect(lines).toHaveLength(EVENTS.length);
    const events = lines.map((line) => JSON.parse(line));
    expect(events[0]).toEqual({
      event: 'run_started',
      at: '2025-01-31T00:00:00.000Z',
      run_id: '20250131T000000Z-1f2e3d4c',
      command: 'build',
      target: 'dev',
      environment: 'default',
      threads: 4,
      nodes: 10,
    });
    expect(events.find((event) => event.status === 'fail')).toMatchObject({
      event: 'node_finished',
      activity: 'test',
      unique_id: 'test.shop.unique_daily_activity_date',
      failures: 12,
      declared_at: { path: 'models/shop.yml', line: 3, column: 13 },
      sample: [
        { activity_date: '2025-01-01', n: 2 },
        { activity_date: null, n: 130 },
      ],
    });
    expect(events.find((event) => event.status === 'error').diagnostic).toEqual({
      code: 'SQL-001',
      severity: 'error',
      message: 'Column "dua" does not exist.',
      place: { path: 'models/weekly.sql', line: 1, column: 8, end_line: 1, end_column: 11 },
      hint: 'Did you mean "dau"?',
    });
    expect(events.at(-1)).toMatchObject({ event: 'run_finished', outcome: 'failure', elapsed_seconds: 75 });
  });
});

describe('the terminal reporter', () => {
  function liveReport(environment: Record<string, string> = { NO_COLOR: '1' }) {
    const stdout = new RecordingStream();
    const stderr = new RecordingStream(true);
    let now = 0;
    let redraw: (() => void) | undefined;
    const clock = {
      now: () => now,
      every: (_: number, work: () => void) => {
        redraw = work;
        return () => {
          redraw = undefined;
        };
      },
    };
    const reporter = createReporter({
      stdout,
      stderr,
      logFormat: 'text',
      quiet: false,
      color: true,
      environment,
      clock,
    });
    const screens = EVENTS.map((event) => {
      now = event.at.getTime();
      reporter.tell(event);
      redraw?.();
      return stderr.screen;
    });
    reporter.close();
    return { stdout, stderr, screens, isTicking: () => redraw !== undefined };
  }

  test('shows a line for a running node with a bar, rows and rows per second', () => {
    const { screens } = liveReport();
    expect(screens[4]).toBe(`\
build on target dev (default), 10 nodes, 4 threads, run 20250131T000000Z-1f2e3d4c
Compiled 5 models.
⠋ generate  events  ██████████░░  80 %  1M rows  100K rows/s  10.0 s
⠋ 0/10 done  11.0 s
`);
  });

  test('keeps what ended above the live lines, but not what was reused', () => {
    const { screens } = liveReport();
    const [, lasting] = (screens[9] ?? '').split('Compiled 5 models.\n');
    expect(lasting).toMatch(/^generated .*\nloaded .*\nbuilt .*\n⠋ 4\/10 done/);
  });

  test('leaves no live line behind, stops its timer, and writes the summary to stdout', () => {
    const { stdout, stderr, isTicking } = liveReport();
    expect(stdout.text).toBe(SUMMARY_TEXT);
    expect(stderr.screen).not.toContain('done');
    expect(stderr.screen.endsWith('Published 2 nodes as number 4.\n')).toBe(true);
    expect(isTicking()).toBe(false);
  });

  test('no live line is wider than the terminal', () => {
    for (const screen of liveReport().screens) {
      for (const line of screen.split('\n').filter((text) => text.startsWith('⠋'))) {
        expect(line.length).toBeLessThan(80);
      }
    }
  });

  test('colours are used on a terminal, unless NO_COLOR says otherwise', () => {
    expect(liveReport({}).stderr.text).toContain('\u001b[31m');
    expect(liveReport({}).stdout.text).not.toContain('\u001b[');
    expect(liveReport({ NO_COLOR: '1' }).stderr.text).not.toContain('\u001b[31m');
    expect(liveReport({ NO_COLOR: '' }).stderr.text).toContain('\u001b[31m');
  });

  test('a terminal that understands nothing gets plain lines', () => {
    expect(liveReport({ TERM: 'dumb' }).stderr.text).not.toContain('\u001b[');
  });
});
