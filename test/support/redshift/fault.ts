import type { ServerError } from './message.ts';

/** What happens to a statement. */
export type FaultKind =
  /** It is not run; this is the answer. */
  | { readonly kind: 'error'; readonly error: ServerError }
  /** The connection is cut: with nothing run, while it runs (a COPY: with half of its rows sent), or with all of it done. */
  | { readonly kind: 'drop'; readonly when: 'before' | 'during' | 'after' }
  /** It runs so much later. */
  | { readonly kind: 'slow'; readonly ms: number };

/** Which statements a fault meets: the `nth` (from 1) that matches, and `times - 1` of those that follow. */
interface Fault {
  readonly statement: RegExp;
  readonly nth?: number;
  readonly times?: number;
  readonly fault: FaultKind;
}

/** Another transaction has changed what this one has read. */
export const SERIALIZABLE_VIOLATION: FaultKind = error('XX000', '1023', {
  detail:
    'Serializable isolation violation on table - 100255, transactions forming the cycle are: 2031, 2033 (pid:2038)',
});
export const RELATION_GONE: FaultKind = error('XX000', 'could not open relation with OID 100255');
export const CONCURRENT_TRANSACTION: FaultKind = error('XX000', 'conflict with concurrent transaction');
export const DROPPED_TABLE: FaultKind = error('XX000', 'table 100255 dropped by concurrent transaction');
export const CANCELLED: FaultKind = error('57014', "Query (150) canceled on user's request");
export const DISK_FULL: FaultKind = error('53100', 'Disk Full');

function error(code: string, message: string, more: Partial<ServerError> = {}): FaultKind {
  return { kind: 'error', error: { code, message, ...more } };
}

/** The script of faults; each counts the statements that it matches. */
export class Faults {
  #script: { readonly fault: Fault; matched: number }[] = [];

  add(fault: Fault): void {
    this.#script.push({ fault, matched: 0 });
  }

  clear(): void {
    this.#script = [];
  }

  /** The first fault that meets a statement; all that match it count it. */
  next(sql: string): FaultKind | undefined {
    let met: FaultKind | undefined;
    for (const entry of this.#script) {
      const { statement, nth = 1, times = 1, fault } = entry.fault;
      if (!statement.test(sql)) continue;
      entry.matched++;
      if (entry.matched >= nth && entry.matched < nth + times) met ??= fault;
    }
    return met;
  }
}
