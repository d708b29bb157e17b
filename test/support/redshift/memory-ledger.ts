import { onTestFinished } from 'vitest';
import { remembered } from './remembered.ts';

/** What a place was seen to do of what is only remembered of Redshift, and why one thinks otherwise. */
interface Verdict {
  readonly fact: string;
  readonly verdict: 'held' | 'did not hold' | 'not tried';
  readonly reason: string;
}

/** Keeps which facts that nobody has written down were confirmed by tests, and which were not. */
export class MemoryLedger {
  /** By fact: nothing, or how the first test that fails says it. */
  readonly #seen = new Map<string, string | undefined>();

  /** Says, in a test, that what the test comes to is what these facts come to. */
  proves(...facts: readonly string[]): void {
    for (const fact of facts)
      if (!remembered().has(fact)) throw new Error(`No behaviour has this from memory: ${fact}`);
    onTestFinished(({ task }) => {
      const failure = task.result?.state === 'fail' ? (task.result.errors?.[0]?.message ?? '') : undefined;
      for (const fact of facts) this.#seen.set(fact, this.#seen.get(fact) ?? failure);
    });
  }

  verdicts(): readonly Verdict[] {
    return [...remembered()].map((fact) => {
      if (!this.#seen.has(fact)) return { fact, verdict: 'not tried', reason: '' };
      const failure = this.#seen.get(fact);
      return failure === undefined
        ? { fact, verdict: 'held', reason: '' }
        : { fact, verdict: 'did not hold', reason: failure.split('\n')[0] ?? '' };
    });
  }

  /** As Markdown, for an issue. */
  report(place: string): string {
    const rows = this.verdicts().map(({ fact, verdict, reason }) =>
      [fact, verdict, reason].map((text) => text.replaceAll('|', '\\|')).join(' | '),
    );
    return [
      `What was only remembered of Redshift, on ${place}`,
      '',
      '| remembered | verdict | what was seen |',
      '|---|---|---|',
      ...rows.map((row) => `| ${row} |`),
    ].join('\n');
  }
}
