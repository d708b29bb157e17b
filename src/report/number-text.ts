import { counted } from '../diagnostic/counted.ts';

const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

/** A count in few characters: `980`, `1.3M`. */
export function shortCountText(count: number): string {
  return compact.format(count);
}

/** `1 row`, `1,250 rows`. */
export function rowsText(rows: number): string {
  return counted(rows, 'row');
}

/** A span of time, given in milliseconds: `8 ms`, `0.42 s`, `12.3 s`, `3 m 05 s`, `1 h 02 m`. */
export function durationText(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (milliseconds < 99.5) return `${Math.max(0, Math.round(milliseconds))} ms`;
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} m ${twoDigits(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${twoDigits(Math.floor((whole % 3600) / 60))} m`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
