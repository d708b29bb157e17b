import type { RunEvent } from '../run/event.ts';

/** A reporter shows a run's events to somebody: a person at a terminal, a log, a machine. */
export interface Reporter {
  /** Shows one event. */
  tell(event: RunEvent): void;
  /** Erases what is only of the moment (live lines) and stops all timers; called when the run is over, also by an error. */
  close(): void;
}
