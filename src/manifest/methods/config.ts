import type { YamlValue } from '../../project/project.ts';
import type { Node } from '../node.ts';
import { patternMatcher } from '../pattern.ts';
import type { SelectorMethod } from '../selector-method.ts';

/** `config.materialized:table`, `config.meta.owner:ada`: a config's value, or a member of it when it is a list. */
export const config: SelectorMethod = {
  name: 'config',
  takesArgument: true,
  matcher(value, argument) {
    const matches = patternMatcher(value);
    const matchesLoosely = (text: string) =>
      matches(text) || (isBoolean(text) && text === value.toLowerCase());
    return (node) => configValues(node, argument).some(matchesLoosely);
  },
  valuesOf: configValues,
};

function isBoolean(text: string): boolean {
  return text === 'true' || text === 'false';
}

function configValues(node: Node, key: string): readonly string[] {
  const found = key.split('.').reduce<YamlValue | undefined>(member, configOf(node));
  if (found === undefined) return [];
  return (isList(found) ? found : [found]).map(String);
}

function configOf(node: Node): { readonly [key: string]: YamlValue } {
  const own = { tags: node.tags, meta: node.meta };
  return 'config' in node ? { ...node.config.raw, ...own } : own;
}

function member(value: YamlValue | undefined, key: string): YamlValue | undefined {
  if (value === null || typeof value !== 'object' || isList(value) || !Object.hasOwn(value, key))
    return undefined;
  return value[key];
}

function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}
