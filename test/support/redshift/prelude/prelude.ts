import { CATALOG_PRELUDE } from './catalog-prelude.ts';
import { FUNCTION_PRELUDE } from './function-prelude.ts';
import { LOAD_ERROR_PRELUDE } from './load-error-prelude.ts';
import { NAME_PRELUDE } from './name-prelude.ts';
import { OPEN_TO_ALL } from './right-functions.ts';

/**
 * What the stand-in needs in the PostgreSQL database behind it, in a schema of its own. Bodies of functions have no
 * backslash: sessions read it otherwise than who makes them.
 */
export const PRELUDE: readonly string[] = [
  'create schema stand_in',
  `create function stand_in.fail() returns void language plpgsql as $$
begin
  raise exception 'the transaction fails, as it would on Redshift';
end
$$`,
  ...NAME_PRELUDE,
  ...CATALOG_PRELUDE,
  ...LOAD_ERROR_PRELUDE,
  ...FUNCTION_PRELUDE,
  ...OPEN_TO_ALL,
];
