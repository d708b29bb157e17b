import { z } from 'zod';
import * as catalogue from '../diagnostic/catalogue/manifest.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { ConfigValue, FolderConfig, YamlValue } from '../project/project.ts';
import { type CheckedYaml, reportIssues } from '../project/yaml-check.ts';
import type { YamlPath } from '../project/yaml-document.ts';
import { type ConfigSchema, canonicalConfigKey, configKeys } from './config-schema.ts';

/** The configs that one place gives to a node: a folder, a YAML entry, or a file's `{{config}}`. */
export type ConfigLayer = Readonly<Record<string, ConfigValue>>;

/** A layer with only known keys and fitting values, keys in their first spelling; the rest is reported. */
export function checkLayer(layer: ConfigLayer, schema: ConfigSchema, report: Report): ConfigLayer {
  const checked: Record<string, ConfigValue> = {};
  for (const [written, config] of Object.entries(layer)) {
    const key = canonicalConfigKey(schema, written);
    const member = Object.hasOwn(schema.shape, key) ? schema.shape[key] : undefined;
    if (member === undefined) {
      report(catalogue.unknownConfig({ key: written, known: configKeys(schema), span: config.span }));
      continue;
    }
    const result = z.safeParse(member, config.value);
    if (result.success) checked[key] = config;
    else {
      const nested: YamlValue = { [key]: config.value };
      const place = () => config.span;
      const issues = result.error.issues.map((issue) => ({ ...issue, path: [key, ...issue.path] }));
      reportIssues(issues, { schema, input: nested, base: [], spanAt: place, keySpanAt: place }, report);
    }
  }
  return checked;
}

/** A tree of folder configs, each layer checked once. */
export function checkFolders(folder: FolderConfig, schema: ConfigSchema, report: Report): FolderConfig {
  const folders = Object.entries(folder.folders).map(
    ([name, below]) => [name, checkFolders(below, schema, report)] as const,
  );
  return {
    ...folder,
    values: checkLayer(folder.values, schema, report),
    folders: Object.fromEntries(folders),
  };
}

/** The layers of the folders on the way to a node, general to specific; the last name may be the node's own. */
export function folderLayers(tree: FolderConfig, path: readonly string[]): ConfigLayer[] {
  const layers = [tree.values];
  let folder: FolderConfig | undefined = tree;
  for (const name of path) {
    folder = Object.hasOwn(folder.folders, name) ? folder.folders[name] : undefined;
    if (folder === undefined) break;
    layers.push(folder.values);
  }
  return layers;
}

/** The layer of a mapping in a YAML file that its schema has checked. */
export function yamlLayer(
  values: Readonly<Record<string, unknown>> | undefined,
  path: YamlPath,
  yaml: Pick<CheckedYaml<unknown>, 'keySpanAt'>,
): ConfigLayer {
  const layer: Record<string, ConfigValue> = {};
  for (const [key, value] of Object.entries(values ?? {}))
    if (value !== undefined) layer[key] = { value: value as YamlValue, span: yaml.keySpanAt([...path, key]) };
  return layer;
}
