/** What happens instead of, or to, the right answer. */
export type FaultKind =
  | { readonly kind: 'error'; readonly status: number; readonly code: string; readonly message?: string }
  /** The answer's head is right, its body ends after so many bytes, and the connection with it. */
  | { readonly kind: 'truncated'; readonly afterBytes: number }
  /** Request and answer bodies pass at this speed. */
  | { readonly kind: 'slow'; readonly bytesPerSecond: number }
  /** The connection is reset once so many bytes of the request's body were read. */
  | { readonly kind: 'reset'; readonly afterBytes?: number }
  /** `DeleteObjects` succeeds, but for these keys. */
  | { readonly kind: 'keys-kept'; readonly keys: RegExp; readonly code: string; readonly message: string }
  /** The request takes effect, but the connection is reset in place of the answer. */
  | { readonly kind: 'lost-answer' };

/** Which requests a fault meets: the `nth` (from 1) that matches, and `times - 1` of those that follow. */
interface Fault {
  /** `PutObject`, `UploadPart`, `GetObject`, … */
  readonly operation?: string;
  readonly method?: string;
  readonly key?: RegExp;
  readonly nth?: number;
  readonly times?: number;
  readonly fault: FaultKind;
}

export const INTERNAL_ERROR: FaultKind = { kind: 'error', status: 500, code: 'InternalError' };
export const SLOW_DOWN: FaultKind = { kind: 'error', status: 503, code: 'SlowDown' };
export const EXPIRED_TOKEN: FaultKind = { kind: 'error', status: 400, code: 'ExpiredToken' };
/** Another conditional write of the key is under way, perhaps an earlier one of the same writer. */
export const CONDITIONAL_CONFLICT: FaultKind = {
  kind: 'error',
  status: 409,
  code: 'ConditionalRequestConflict',
};
export const ACCESS_DENIED: FaultKind = { kind: 'error', status: 403, code: 'AccessDenied' };

/** The script of faults; each counts the requests that it matches. */
export class Faults {
  #script: { readonly fault: Fault; matched: number }[] = [];

  add(fault: Fault): void {
    this.#script.push({ fault, matched: 0 });
  }

  clear(): void {
    this.#script = [];
  }

  /** The first fault that meets a request; all that match it count it. */
  next(request: {
    readonly operation: string;
    readonly method: string;
    readonly key: string;
  }): FaultKind | undefined {
    let met: FaultKind | undefined;
    for (const entry of this.#script) {
      const { operation, method, key, nth = 1, times = 1, fault } = entry.fault;
      if (operation !== undefined && operation !== request.operation) continue;
      if (method !== undefined && method !== request.method) continue;
      if (key !== undefined && !key.test(request.key)) continue;
      entry.matched++;
      if (entry.matched >= nth && entry.matched < nth + times) met ??= fault;
    }
    return met;
  }
}
