import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { TemplateValue } from '../../../src/template/helper.ts';

/** A statement of AWS's documentation, and the row that Redshift gave for it there. */
export interface PrintedOutput {
  readonly sql: string;
  readonly row: readonly string[];
}

const file = new URL('../../../../shared/data/redshift-golden.json', import.meta.url);

/** Whether the outputs are on this machine. */
export const hasPrintedOutputs = existsSync(file);

/** All of them, each statement once; none where they are not on this machine. */
export function printedOutputs(): readonly PrintedOutput[] {
  if (!hasPrintedOutputs) return [];
  const list = z.array(z.object({ sql: z.string(), row: z.array(z.string()) }));
  const outputs = list.parse(JSON.parse(readFileSync(file, 'utf8')));
  const byStatement = new Map(outputs.map(({ sql, row }) => [oneLine(sql), row]));
  return [...byStatement].map(([sql, row]) => ({ sql, row }));
}

function oneLine(sql: string): string {
  return sql.replace(/\s+/g, ' ').trim();
}

/** A macro that says what a statement says, and which of its columns that is: the first, if nothing is said. */
interface Expressed {
  readonly macro: string;
  readonly arguments: readonly TemplateValue[];
  readonly named?: Readonly<Record<string, TemplateValue>>;
  readonly column?: number;
}

const FARM = `'{ "farm": { "barn": { "color": "red", "feed stocked": true } } }'`;
const HOUSE = `'{ "house": { "address": { "street": "123 Any St.", "city": "Any Town", "state": "FL", "zip": "32830" }, "bathroom": { "color": "green", "shower": true }, "appliances": { "washing machine": { "brand": "Any Brand", "color": "beige" }, "dryer": { "brand": "Any Brand", "color": "white" } } } }'`;

/** The statements that a macro expresses. */
export const EXPRESSED: Readonly<Record<string, Expressed>> = {
  "select convert_timezone('EST', 'PST', '20080305 12:25:29')": {
    macro: 'convert_timezone',
    arguments: ['PST', "'2008-03-05 12:25:29'"],
    named: { from: 'EST' },
  },
  "select convert_timezone('America/New_York', '2013-06-01 08:00:00')": {
    macro: 'convert_timezone',
    arguments: ['America/New_York', "'2013-06-01 08:00:00'"],
  },
  [`select json_array_length('[11,12,13,{"f1":21,"f2":[25,26]},14]')`]: {
    macro: 'json_array_length',
    arguments: [`'[11,12,13,{"f1":21,"f2":[25,26]},14]'`],
  },
  [`select json_extract_path_text('{"f2":{"f3":1},"f4":{"f5":99,"f6":"star"}}','f4', 'f6')`]: {
    macro: 'json_text',
    arguments: [`'{"f2":{"f3":1},"f4":{"f5":99,"f6":"star"}}'`, 'f4', 'f6'],
  },
  [`select json_extract_path_text(${FARM}, 'farm', 'barn', 'color')`]: {
    macro: 'json_text',
    arguments: [FARM, 'farm', 'barn', 'color'],
  },
  [`select json_extract_path_text(${HOUSE}, 'house', 'appliances', 'washing machine', 'brand')`]: {
    macro: 'json_text',
    arguments: [HOUSE, 'house', 'appliances', 'washing machine', 'brand'],
  },
  "SELECT regexp_count('abcdefghijklmnopqrstuvwxyz', '[a-z]{3}')": {
    macro: 'regexp_count',
    arguments: ["'abcdefghijklmnopqrstuvwxyz'", '[a-z]{3}'],
  },
  "SELECT regexp_substr('the fox', 'FOX', 1, 1, 'i')": {
    macro: 'regexp_substr',
    arguments: ["'the fox'", '(?i)FOX'],
  },
  "select add_months('2008-03-31',1)": { macro: 'add_months', arguments: ["'2008-03-31'", 1] },
  "select md5('ez' || 'user1')": { macro: 'hash', arguments: ["'ez' || 'user1'"] },
  "select md5('Amazon Redshift')": { macro: 'hash', arguments: ["'Amazon Redshift'"] },
  "select dateadd(month,18,'2008-02-28')": { macro: 'dateadd', arguments: ['month', 18, "'2008-02-28'"] },
  "select dateadd(month,1,'2008-04-30')": { macro: 'dateadd', arguments: ['month', 1, "'2008-04-30'"] },
  "select dateadd(year, 1, '2016-02-29')": { macro: 'dateadd', arguments: ['year', 1, "'2016-02-29'"] },
  "select datediff(hour, ''2023-01-01', '2023-01-03 05:04:03')": {
    macro: 'datediff',
    arguments: ['hour', "timestamp '2023-01-01'", "timestamp '2023-01-03 05:04:03'"],
  },
  "select datediff(minute, time '20:00:00', time '21:00:00') as nummins": {
    macro: 'datediff',
    arguments: ['minute', "timestamp '2024-01-01 20:00:00'", "timestamp '2024-01-01 21:00:00'"],
  },
  "SELECT DATE_PART(minute, timestamp '20230104 04:05:06.789')": {
    macro: 'date_part',
    arguments: ['minute', "timestamp '2023-01-04 04:05:06.789'"],
  },
  "SELECT DATE_PART(day, timestamp '20220502 04:05:06.789')": {
    macro: 'date_part',
    arguments: ['day', "timestamp '2022-05-02 04:05:06.789'"],
  },
  "select extract(minute from timestamp '2009-09-09 12:08:43')": {
    macro: 'date_part',
    arguments: ['minute', "timestamp '2009-09-09 12:08:43'"],
  },
  "select decode(caldate, '2008-06-01', 'June 1st, 2008') from datetable where month='JUN' order by caldate":
    {
      macro: 'decode',
      arguments: ["date '2008-06-01'", "date '2008-06-01'", "'June 1st, 2008'"],
    },
  "select octet_length('français'), len('français')": {
    macro: 'string_length',
    arguments: ["'français'"],
    column: 1,
  },
  "select months_between('1969-01-18', '1969-03-18') as months": {
    macro: 'months_between',
    arguments: ["date '1969-01-18'", "date '1969-03-18'"],
  },
  "select cast('Fourscore and seven' as varchar(5))": {
    macro: 'cast_to',
    arguments: ["'Fourscore and seven'", 'varchar(5)'],
  },
  "select to_char(timestamp '2009-12-31 23:15:59', 'DDD')": {
    macro: 'to_char',
    arguments: ["timestamp '2009-12-31 23:15:59'", 'DDD'],
  },
  "select to_char(date '2009-12-31', 'MONTH')": {
    macro: 'to_char',
    arguments: ["date '2009-12-31'", 'MONTH'],
  },
  "select caldate + interval '1 minute' as dateplus from date where caldate='12-31-2008'": {
    macro: 'dateadd',
    arguments: ['minute', 1, "date '2008-12-31'"],
  },
  "select caldate + interval '52 weeks' as dateplus from date where caldate='12-31-2008'": {
    macro: 'dateadd',
    arguments: ['week', 52, "date '2008-12-31'"],
  },
  "select caldate + interval '0.5 days' as dateplus from date where caldate='12-31-2008'": {
    macro: 'dateadd',
    arguments: ['hour', 12, "date '2008-12-31'"],
  },
  "select date '2023-03-31' - interval '4 months'": {
    macro: 'dateadd',
    arguments: ['month', -4, "date '2023-03-31'"],
  },
};

/** The statements that need no macro: every engine takes them as they are, with Redshift's result. */
export const THE_SAME_EVERYWHERE: ReadonlySet<string> = new Set([
  'select abs (-38)',
  'select acos(-1)',
  'select asin(1)*2 as pi',
  'select atan(1) * 4 as pi',
  'select atan2(2,2) * 4 as pi',
  "select 'December 25, '||'2008'",
  'select cos(0)',
  'select cot(1)',
  'select degrees(.5)',
  'select ln(2.718281828)',
  'SELECT MOD(10.5, 4)',
  'SELECT mod(5,2) = 0 as is_even',
  'SELECT COALESCE(NULL, 12, NULL)',
  "select position('dog' in 'fish')",
  'select radians(180)',
  'select sin(-pi())',
  'select sqrt(16)',
  'select sqrt(round(16.4))',
  "select strpos('dogfish', 'fish')",
  "select substring('caterpillar',6,8)",
  "select translate('mint tea', 'inea', 'osin')",
  "select date '2000-01-01' + time '20:00:00' as ts",
  "select time '18:25:33.123456' = time '18:25:33.123456'",
  "select extract (century from timestamp '2001-12-16 12:21:13')",
]);

/** Why the others are not held: the first pattern that a statement matches. */
export const NOT_HELD: readonly (readonly [reason: string, statements: RegExp])[] = [
  [
    'reads the clock, the session, the catalog or a table',
    /sysdate|getdate|current_|'now'|timeofday|has_schema_privilege|col_description|from date$/i,
  ],
  ['is random', /random\(\)/],
  ['changes the workload', /^select change_/],
  ['calls a function that somebody made', /exfunc_|explain_model/],
  ['needs a pattern with look-ahead, which DuckDB has not', /\(\?=/],
  ['picks another than the first match, or a group, or a position', /regexp_(?:substr|instr)\(/i],
  [
    'is of SUPER, for which the other engines have no type',
    /\barray\(|array_|json_parse|subarray|\bobject\(/i,
  ],
  ["is a hash of Redshift's own", /murmur3|fnv_hash|crc32/i],
  ['is of bits and digits, which no model of events needs', /strtol|getbit|from_hex|to_hex/],
  ['formats or reads a number as text', /to_char\(-|to_number/],
  [
    'is of a time without a date, or of one with a zone',
    /timetz|\btime '|at time zone|timestamptz|to_timestamp/i,
  ],
  [
    'is a field that events are not grouped by',
    /date_part\((?:century|microsecond)|extract ?\((?:decade|mil) /i,
  ],
  ['is a spelling of what has a common one: strpos, trim, log(10, x)', /charindex|btrim|dlog10/],
  ['compares intervals', /interval_cmp/],
];
