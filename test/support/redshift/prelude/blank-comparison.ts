/**
 * Trailing blanks do not count where texts are compared. PostgreSQL has functions that compare its type CHAR so; texts are kept
 * the same way, so that its operators of texts are given those: comparisons, joins, groups and orders have them from there.
 */
export function blankComparison(): readonly string[] {
  const operators = ['eq', 'ne', 'lt', 'le', 'gt', 'ge'].map((name) => [
    name === 'eq' || name === 'ne' ? `text${name}` : `text_${name}`,
    `bpchar${name}`,
  ]);
  const support = [
    ['bttextcmp', 'bpcharcmp'],
    ['bttextsortsupport', 'bpchar_sortsupport'],
    ['hashtext', 'hashbpchar'],
    ['hashtextextended', 'hashbpcharextended'],
  ];
  return [
    ...operators.map(
      ([text, blank]) =>
        `update pg_operator set oprcode = '${blank}' where oprcode = '${text}'::regproc and oprleft = 'text'::regtype`,
    ),
    ...support.map(
      ([text, blank]) =>
        `update pg_amproc set amproc = '${blank}' where amproc = '${text}'::regproc and amproclefttype = 'text'::regtype`,
    ),
  ];
}
