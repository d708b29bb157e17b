/** Select items, one a line, as they stand below `select`. */
export function selectItems(items: readonly string[]): string {
  return items.map((item) => `  ${item}`).join(',\n');
}

/** The lines that are there, joined: an empty part leaves no blank line. */
export function lines(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}

/** Lines moved in by one step. Only for text without literals of more than one line. */
export function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}

/** A `group by` line; nothing for no columns. */
export function groupBy(columns: readonly string[], indent = ''): string {
  return columns.length === 0 ? '' : `${indent}group by ${columns.join(', ')}`;
}

/** Conditions of which one is enough, one a line behind the keyword (`where`, `having`). */
export function anyOf(keyword: string, conditions: readonly string[], indent = ''): string {
  return `${indent}${keyword} ${conditions.join(`\n${indent}  or `)}`;
}

/** A relation, filtered where a condition is given, as it stands behind `from` on a line that begins with `indent`. */
export function filtered(relation: string, where: string | undefined, alias: string, indent: string): string {
  if (where === undefined) return alias === '' ? relation : `${relation} as ${alias}`;
  return lines(
    '(',
    `${indent}  select *`,
    `${indent}  from ${relation}`,
    `${indent}  where ${where.trim()}`,
    `${indent}) as ${alias === '' ? 'tested' : alias}`,
  );
}
