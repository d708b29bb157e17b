import type { ConfigValue, YamlValue } from '../project/project.ts';
import type { NodeConfig, TestConfig } from './config.ts';
import type { ConfigLayer } from './config-layer.ts';
import { storageConfig } from './storage-config.ts';
import { textList } from './text-list.ts';

type Mapping = { readonly [key: string]: YamlValue };

/**
 * Merges layers from general to specific, as dbt does: tags add up, meta, column types and encodings merge key by key,
 * grants merge by privilege and add roles where the key begins with `+`; of everything else the last one counts.
 */
export function mergeConfig(layers: readonly ConfigLayer[]): ConfigLayer {
  const merged: Record<string, ConfigValue> = {};
  for (const layer of layers) {
    for (const [key, config] of Object.entries(layer)) {
      const below = merged[key]?.value;
      merged[key] = { value: combined(key, below, config.value), span: config.span };
    }
  }
  return merged;
}

function combined(key: string, below: YamlValue | undefined, above: YamlValue): YamlValue {
  switch (key) {
    case 'tags':
      return [...new Set([...textList(below), ...textList(above)])];
    case 'sort':
      return textList(above);
    case 'meta':
    case 'column_types':
    case 'encode':
      return { ...(below as Mapping | undefined), ...(above as Mapping) };
    case 'lint':
      return { off: { ...rulesOff(below), ...rulesOff(above) } };
    case 'grants':
      return combinedGrants((below ?? {}) as Mapping, above as Mapping);
    default:
      return above;
  }
}

function rulesOff(lint: YamlValue | undefined): Mapping {
  return (lint as { readonly off?: Mapping } | undefined)?.off ?? {};
}

function combinedGrants(below: Mapping, above: Mapping): Mapping {
  const grants: Record<string, YamlValue> = { ...below };
  for (const [key, roles] of Object.entries(above)) {
    const privilege = key.replace(/^\+/, '');
    const kept = key.startsWith('+') ? textList(grants[privilege]) : [];
    grants[privilege] = [...new Set([...kept, ...textList(roles)])];
  }
  return grants;
}

/** The config of a model or seed from its merged layers. */
export function nodeConfig(merged: ConfigLayer, resourceType: 'model' | 'seed'): NodeConfig {
  const defaults = {
    materialized: resourceType === 'seed' ? 'seed' : 'view',
    enabled: true,
    publish: 'view',
  };
  const raw: Record<string, YamlValue> = { ...defaults, ...plainConfig(merged) };
  return {
    materialized: raw['materialized'] as NodeConfig['materialized'],
    enabled: raw['enabled'] as boolean,
    publish: raw['publish'] as NodeConfig['publish'],
    schema: raw['schema'] as string | undefined,
    alias: raw['alias'] as string | undefined,
    storage: storageConfig(raw),
    bind: raw['bind'] !== false,
    onError: raw['on_error'] === 'continue' ? 'continue' : 'skip',
    grants: (raw['grants'] ?? {}) as NodeConfig['grants'],
    columnTypes: (raw['column_types'] ?? {}) as NodeConfig['columnTypes'],
    delimiter: (raw['delimiter'] ?? ',') as string,
    raw,
  };
}

const COUNT = /^\s*count\s*\(\s*\*\s*\)\s*$/i;

/** The config of a data test from its merged layers. */
export function testConfig(merged: ConfigLayer): TestConfig {
  const defaults = { severity: 'error', enabled: true, warn_if: '!= 0', error_if: '!= 0' };
  const raw: Record<string, YamlValue> = { ...defaults, ...plainConfig(merged) };
  const severity = String(raw['severity']).toLowerCase();
  return {
    severity: severity as TestConfig['severity'],
    enabled: raw['enabled'] as boolean,
    warnIf: raw['warn_if'] as string,
    errorIf: raw['error_if'] as string,
    where: raw['where'] as string | undefined,
    limit: raw['limit'] as number | undefined,
    failCalc: COUNT.test(String(raw['fail_calc'])) ? undefined : (raw['fail_calc'] as string | undefined),
    storeFailures: raw['store_failures'] as boolean | undefined,
    spans: Object.fromEntries(Object.entries(merged).map(([key, { span }]) => [key, span])),
    raw: { ...raw, severity },
  };
}

/** Tags and meta, which nodes carry beside their config. */
export function labels(merged: ConfigLayer): { tags: readonly string[]; meta: Mapping } {
  return { tags: textList(merged['tags']?.value), meta: (merged['meta']?.value ?? {}) as Mapping };
}

/** The values of a layer without their places. */
export function plainConfig(merged: ConfigLayer): Record<string, YamlValue> {
  return Object.fromEntries(Object.entries(merged).map(([key, config]) => [key, config.value]));
}
