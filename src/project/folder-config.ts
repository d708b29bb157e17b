import type { ConfigValue, FolderConfig, YamlValue } from './project.ts';
import type { CheckedYaml } from './yaml-check.ts';
import type { YamlPath } from './yaml-document.ts';

type Mapping = { readonly [key: string]: YamlValue };

/**
 * Reads the tree of folder configs under one key of project.yml. A key with `+` is a config; so is one without,
 * if its value is no mapping. As in dbt the tree may begin with the project's name, which is left out here.
 */
export function readFolderConfig(
  key: 'models' | 'seeds' | 'data_tests',
  projectName: string,
  settings: CheckedYaml<unknown>,
  tree: Mapping | undefined,
): FolderConfig {
  const root = readFolder(tree ?? {}, [key], settings);
  const named = root.folders[projectName];
  if (named === undefined) return root;
  const { [projectName]: _, ...others } = root.folders;
  return overlaid({ values: root.values, folders: others }, named);
}

function readFolder(tree: Mapping, path: YamlPath, settings: CheckedYaml<unknown>): FolderConfig {
  const values: Record<string, ConfigValue> = {};
  const folders: Record<string, FolderConfig> = {};
  for (const [key, value] of Object.entries(tree)) {
    const at = [...path, key];
    if (isFolder(key, value))
      folders[key] = { ...readFolder(value, at, settings), span: settings.keySpanAt(at) };
    else values[key.replace(/^\+/, '').replaceAll('-', '_')] = { value, span: settings.keySpanAt(at) };
  }
  return { values, folders };
}

function isFolder(key: string, value: YamlValue): value is Mapping {
  return !key.startsWith('+') && typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Two trees as one; where both speak of the same, the second is heard. */
function overlaid(below: FolderConfig, above: FolderConfig): FolderConfig {
  const folders: Record<string, FolderConfig> = { ...below.folders };
  for (const [name, folder] of Object.entries(above.folders)) {
    const same = folders[name];
    folders[name] = same === undefined ? folder : overlaid(same, folder);
  }
  return { ...below, values: { ...below.values, ...above.values }, folders };
}
