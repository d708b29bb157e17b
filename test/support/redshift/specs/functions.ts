import { beforeAll, describe, expect, test } from 'vitest';
import {
  hasPrintedOutputs,
  type PrintedOutput,
  printedOutputs,
} from '../../../dialect/macros/printed-outputs.ts';
import type { TestCluster } from '../cluster.ts';
import type { SpecClient } from '../spec-client.ts';

export function functionSpecs(cluster: TestCluster): void {
  describe.runIf(hasPrintedOutputs)('What AWS prints, as it is written there', () => {
    let client: SpecClient;
    beforeAll(async () => {
      client = await cluster.connect();
    });
    const held = printedOutputs().filter(({ sql }) => !BEYOND.some(([, statements]) => statements.test(sql)));

    test.each(
      held.map((output) => ({ ...output, sql: output.sql.replace("''2023", "'2023") })),
    )('$sql', async ({ sql, row }: PrintedOutput) => {
      const [found = []] = await client.rows(sql);
      expect(found.map(shown)).toEqual(row.map(shown));
    });
  });
}

/** What cannot be asked anywhere, or not of the stand-in, and why. */
const BEYOND: readonly (readonly [reason: string, statements: RegExp])[] = [
  [
    'reads the clock, the session, the catalog or a table',
    /sysdate|getdate|current_|'now'|timeofday|has_schema_privilege|col_description|from (?:date|datetable)\b/i,
  ],
  ['is random', /random\(\)/],
  ['changes the workload', /^select change_/],
  ['calls a function that somebody made', /exfunc_|explain_model/],
  ['is of SUPER', /\barray\(|array_|json_parse|subarray|\bobject\(/i],
  ['is printed wrong: a hash under another name, and a decade', /murmur3|decade/i],
  ['is of a NUL, which PostgreSQL keeps in no text', /strtol\('\\0'/],
  ['is of bytes', /getbit|from_hex|crc32/],
  ['is a time with a zone', /timetz|timestamptz|time '18:25:33.123456 PST'|AT TIME ZONE/],
];

/** Doubles with as many digits as are printed; psql shows a boolean as a letter. */
function shown(value: unknown): string {
  const text = String(value).trim();
  if (text === 't' || text === 'f') return text === 't' ? 'true' : 'false';
  return /^-?\d+\.\d+(?:e[-+]?\d+)?$/.test(text) ? String(Number(Number(text).toPrecision(14))) : text;
}
