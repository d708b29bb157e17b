import type { Node } from '../manifest/node.ts';

/** A node's config under dbt's keys; what only we have stands beside them. */
export function dbtConfig(node: Node): Readonly<Record<string, unknown>> {
  const { tags, meta } = node;
  switch (node.resourceType) {
    case 'model':
    case 'seed': {
      const { materialized, enabled, publish, schema, alias, grants } = node.config;
      const known = {
        enabled,
        materialized,
        schema: schema ?? null,
        alias: alias ?? null,
        tags,
        meta,
        grants,
      };
      return { ...node.config.raw, ...known, publish };
    }
    case 'test': {
      const { severity, enabled, warnIf, errorIf, where, limit, failCalc } = node.config;
      const thresholds = {
        severity,
        warn_if: warnIf,
        error_if: errorIf,
        where: where ?? null,
        limit: limit ?? null,
        fail_calc: failCalc ?? 'count(*)',
        store_failures: node.config.storeFailures ?? null,
      };
      return { ...node.config.raw, enabled, materialized: 'test', tags, meta, ...thresholds };
    }
    case 'unit_test': {
      const { cte, overrides } = node;
      return {
        ...node.config.raw,
        tags,
        meta,
        ...(cte && { cte }),
        ...(overrides.now && { now: overrides.now }),
      };
    }
    case 'source':
      return { enabled: true, tags, meta, landed: node.landed ?? null };
    case 'generated_seed':
      return { enabled: true, materialized: 'seed', tags, meta, generated: true };
  }
}
