import type { RunResult } from './run-result.ts';

/** What a run leaves behind: how every node ended, what was published, and what was sent. */
export interface RunOutcome {
  readonly results: readonly RunResult[];
  /** Names of nodes whose published relation changed. */
  readonly published: readonly string[];
  /** SQL that was sent for a node, by unique id. */
  readonly sent: ReadonlyMap<string, string>;
}
