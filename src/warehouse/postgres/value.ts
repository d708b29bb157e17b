import type { CustomTypesConfig } from 'pg';
import type { Scalar } from '../../dialect/dialect.ts';

/** Ids of built-in types, which no release has changed: pg_type.dat. */
const OID = { bool: 16, int8: 20, int2: 21, int4: 23, oid: 26, float4: 700, float8: 701 } as const;

const PARSERS: Readonly<Record<number, (text: string) => Scalar>> = {
  [OID.bool]: (text) => text === 't',
  [OID.int8]: BigInt,
  [OID.int2]: Number,
  [OID.int4]: Number,
  [OID.oid]: Number,
  [OID.float4]: Number,
  [OID.float8]: Number,
};

/** How the texts of the wire become values: everything but booleans and binary numbers stays the text that the server wrote. */
export const typeParsers = ((oid: number) => PARSERS[oid] ?? asWritten) as CustomTypesConfig['getTypeParser'];

function asWritten(text: string): string {
  return text;
}
