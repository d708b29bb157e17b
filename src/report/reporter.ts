import type { RunEvent } from '../run/event.ts';

/** A reporter shows a run's events to somebody: a person at a terminal, a log, a machine. */
export interface Reporter {
  /** Shows one event; never throws because a stream is closed. */
  tell(event: RunEvent): void;
  /** Erases what is only of the moment (live lines) and stops all timers; to be called once, also after an error. */
  close(): void;
}
