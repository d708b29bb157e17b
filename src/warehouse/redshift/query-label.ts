import { redshiftDialect } from '../../dialect/redshift/redshift-dialect.ts';
import type { Labelling } from '../postgres/postgres-session.ts';
import type { QueryLabel } from '../warehouse.ts';

/**
 * How Redshift's log of queries (SYS_QUERY_HISTORY, STL_QUERY) names run and node: whole in a comment, and in short in the
 * query group, unless the target has one of its own, by which queues may be chosen.
 */
export function redshiftLabelling(queryGroup: string | undefined): Labelling {
  return {
    comment: (label) => `/* ${jsonOf(label)} */`,
    setting: (label) => (queryGroup === undefined ? setQueryGroup(groupOf(label)) : undefined),
  };
}

/** The statement that puts a session into a query group. */
export function setQueryGroup(group: string): string {
  return `set query_group to ${redshiftDialect.literal(group)}`;
}

/** In ASCII, so that a place behind it is easily told, and without the slash that begins and ends comments. */
function jsonOf({ run, node }: QueryLabel): string {
  const text = JSON.stringify({ modelwright: { run, ...(node !== undefined && { node }) } });
  return text.replace(/[^ -.0-~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** STL_QUERY shows 30 characters: the random end of the run's id, and the beginning of the node's own name. */
function groupOf({ run, node }: QueryLabel): string {
  const name = node?.split('.').at(-1);
  return ['model', run.slice(-8), ...(name === undefined ? [] : [name])].join(':').slice(0, MOST_CHARACTERS);
}

const MOST_CHARACTERS = 127;
