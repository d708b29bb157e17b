/** Functions that PostgreSQL has not, or has otherwise; statements are rewritten to call them here. */
export const FUNCTION_PRELUDE: readonly string[] = [];
