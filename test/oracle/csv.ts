/** The cells of a CSV text (RFC 4180, any line end), one list for each line; `''` for an empty cell. */
export function parseCsv(text: string): readonly (readonly string[])[] {
  const lines: string[][] = [];
  let line: string[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const { cell, end } = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at);
    line.push(cell);
    at = end;
    if (text[at] === ',') {
      at++;
      if (at === text.length) line.push('');
      if (text[at] === '\n' || text[at] === '\r') line.push('');
      else continue;
    }
    if (text[at] === '\r') at++;
    if (text[at] === '\n') at++;
    lines.push(line);
    line = [];
  }
  return lines;
}

function plainCell(text: string, start: number): { readonly cell: string; readonly end: number } {
  let end = start;
  while (end < text.length && !',\r\n'.includes(text.charAt(end))) end++;
  return { cell: text.slice(start, end), end };
}

function quotedCell(text: string, start: number): { readonly cell: string; readonly end: number } {
  let cell = '';
  for (let at = start + 1; ; ) {
    const quote = text.indexOf('"', at);
    if (quote < 0) throw new Error(`unclosed quote at ${start}`);
    cell += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { cell, end: quote + 1 };
    cell += '"';
    at = quote + 2;
  }
}
