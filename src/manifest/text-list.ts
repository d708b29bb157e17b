import type { YamlValue } from '../project/project.ts';

/** One text, texts parted by commas, or a list of texts, as a list. */
export function textList(value: YamlValue | undefined): readonly string[] {
  if (typeof value === 'string')
    return value
      .split(',')
      .map((text) => text.trim())
      .filter((text) => text !== '');
  return (value ?? []) as readonly string[];
}
