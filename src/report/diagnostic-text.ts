import { codeFrame } from '../diagnostic/code-frame.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { formatPlace } from '../diagnostic/span.ts';
import type { Colors } from './colors.ts';
import { printable } from './printable.ts';

/**
 * A diagnostic as people read it, without a line feed at the end:
 * ```
 * error REF-001  models/daily.sql:2:12  Model "orderz" does not exist.
 *     1 | select *
 *   > 2 | from {{ref "orderz"}}
 *       |            ^^^^^^^^
 *   Did you mean "orders"?
 * ```
 */
export function diagnosticText(diagnostic: Diagnostic, colors: Colors): string {
  const { span, hint, related = [] } = diagnostic;
  const lines = [headline(diagnostic, colors)];
  if (span !== undefined) lines.push(indent(colors.dim(printable(codeFrame(span)))));
  for (const place of related) {
    lines.push(indent(`${colors.cyan(printable(formatPlace(place.span)))}  ${printable(place.message)}`));
  }
  if (hint !== undefined) lines.push(indent(printable(hint)));
  return lines.join('\n');
}

function headline({ code, severity, span, message }: Diagnostic, colors: Colors): string {
  const paint = severity === 'error' ? colors.red : colors.yellow;
  const place = span === undefined ? [] : [colors.cyan(printable(formatPlace(span)))];
  const [first = '', ...others] = printable(message).split('\n');
  const text = [first, ...others.map((line) => `  ${line}`)].join('\n');
  return [paint(`${severity} ${code}`), ...place, colors.bold(text)].join('  ');
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
