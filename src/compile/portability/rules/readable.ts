import type { PortabilityRule } from '../rule.ts';

/** SQL that the grammar refuses: `select a frm b c`. */
export const unreadable: PortabilityRule = {
  code: 'PRT-001',
  severity: 'error',
  what: 'SQL that cannot be read',
  why: "The SQL is neither PostgreSQL's nor one of Redshift's additions, so that nothing else can be said of it.",
  page: 'c_SQL_commands',
};
