import { countText } from '../diagnostic/counted.ts';
import { formatPlace } from '../diagnostic/span.ts';
import type { RunResult } from '../run/run-result.ts';
import type { RunCounts, RunSummary } from '../run/run-summary.ts';
import type { Colors } from './colors.ts';
import { durationText } from './number-text.ts';
import { printableLine } from './printable.ts';
import { hasWorked, paint } from './result-line.ts';

const SLOWEST = 5;
const NAMES_SHOWN = 12;
const WORTH_A_WORD = 100;

/** What a run came to, with a line feed at the end: counts, tests, what was published, what was slow, what went wrong. */
export function summaryText(summary: RunSummary, colors: Colors): string {
  const lines = [
    nodesLine(summary.counts),
    testsLine(summary.counts),
    publishedLine(summary.published),
    slowestLine(summary.results),
    ...wrongLines(summary.results, colors),
    outcomeLine(summary, colors),
  ];
  return lines.flatMap((line) => (line === undefined ? [] : [`${line}\n`])).join('');
}

type Count = readonly [count: number, word: string];

function nodesLine(counts: RunCounts): string | undefined {
  const told = countsText(
    [
      [counts.generated, 'generated'],
      [counts.loaded, 'loaded'],
      [counts.built, 'built'],
      [counts.reused, 'reused'],
      [counts.errored, 'in error'],
      [counts.skipped, 'skipped'],
      [counts.superseded, 'superseded'],
      [counts.cancelled, 'cancelled'],
    ],
    ', ',
  );
  return told === '' ? undefined : `Nodes:     ${told}`;
}

function testsLine(counts: RunCounts): string | undefined {
  const told = countsText(
    [
      [counts.passed, 'passed'],
      [counts.warned, 'warned'],
      [counts.failed, 'failed'],
    ],
    ', ',
  );
  return told === '' ? undefined : `Tests:     ${told}`;
}

function countsText(counts: readonly Count[], separator: string): string {
  const told = counts.filter(([count]) => count > 0);
  return told.map(([count, word]) => `${countText(count)} ${word}`).join(separator);
}

function publishedLine(published: readonly string[]): string | undefined {
  if (published.length === 0) return undefined;
  const more = published.length - NAMES_SHOWN;
  const names = [...published.slice(0, NAMES_SHOWN), ...(more > 0 ? [`and ${countText(more)} more`] : [])];
  return `Published: ${countText(published.length)} (${names.map(printableLine).join(', ')})`;
}

function slowestLine(results: readonly RunResult[]): string | undefined {
  const slowest = results
    .filter(hasWorked)
    .map((result) => ({
      name: workName(result),
      took: result.finishedAt.getTime() - result.startedAt.getTime(),
    }))
    .filter(({ took }) => took >= WORTH_A_WORD)
    .sort((a, b) => b.took - a.took || (a.name < b.name ? -1 : 1))
    .slice(0, SLOWEST);
  if (slowest.length === 0) return undefined;
  return `Slowest:   ${slowest.map(({ name, took }) => `${printableLine(name)} ${durationText(took)}`).join(', ')}`;
}

/** Generation and load of one table go by one name. */
function workName({ name, resourceType }: RunResult): string {
  if (resourceType === 'generated_seed') return `generating ${name}`;
  return resourceType === 'source' ? `loading ${name}` : name;
}

function wrongLines(results: readonly RunResult[], colors: Colors): readonly string[] {
  const wrong = results.filter(
    ({ status }) => status === 'error' || status === 'fail' || status === 'superseded',
  );
  return wrong.map((result) => {
    const place = result.diagnostic?.span ?? result.declaredAt;
    const about = [result.name, ...(place === undefined ? [] : [formatPlace(place)]), oneLine(result)];
    const word = paint(result.status, result.status.padEnd(10), colors);
    return `${word} ${about
      .filter((part) => part !== '')
      .map(printableLine)
      .join('  ')}`;
  });
}

function oneLine({ diagnostic, message, failures }: RunResult): string {
  if (diagnostic !== undefined) return `${diagnostic.code} ${diagnostic.message.split('\n')[0] ?? ''}`;
  if (message !== undefined) return message;
  return failures === undefined ? '' : `${countText(failures)} failing`;
}

function outcomeLine({ outcome, counts, startedAt, finishedAt }: RunSummary, colors: Colors): string {
  const took = durationText(finishedAt.getTime() - startedAt.getTime());
  switch (outcome) {
    case 'success':
      return colors.green(`Done in ${took}.`);
    case 'failure':
      return colors.red(`Failed after ${took}.`);
    case 'cancelled':
      return colors.yellow(
        `Cancelled after ${took}; ${counts.published === 0 ? 'nothing' : 'what is listed'} was published.`,
      );
  }
}
