const DEFAULT_WAIT_SECONDS = 600;

/** How long `--wait` waits: its seconds, ten minutes without a number, not at all without the flag. */
export function waitSeconds(flag: number | true | undefined): number {
  return flag === true ? DEFAULT_WAIT_SECONDS : (flag ?? 0);
}
