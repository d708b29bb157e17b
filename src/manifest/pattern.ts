/** A pattern is a name with the wildcards `*`, `?` and `[…]`, as a shell has them. */
export function isPattern(text: string): boolean {
  return /[*?[\]]/.test(text);
}

/** Tells whether a name fits a pattern from end to end; `*` stops at no character. */
export function patternMatcher(pattern: string): (name: string) => boolean {
  if (!isPattern(pattern)) return (name) => name === pattern;
  const regexp = regexpOf(pattern, '.');
  return (name) => regexp.test(name);
}

/** The same for paths: `*` and `?` stop at `/`, `**` does not. */
export function pathMatcher(pattern: string): (path: string) => boolean {
  if (!isPattern(pattern)) return (path) => path === pattern;
  const regexp = regexpOf(pattern, '[^/]');
  return (path) => regexp.test(path);
}

const PART = /\*\*\/|\*+|\?|\[(!?)(\]?[^\]]*)\]|[^*?[]+|\[/g;

function regexpOf(pattern: string, character: string): RegExp {
  const parts = pattern.replace(PART, (part, negation: string | undefined, set: string | undefined) => {
    if (part === '**/') return character === '.' ? '.*/' : '(?:.*/)?';
    if (part === '*') return `${character}*`;
    if (part.startsWith('*')) return '.*';
    if (part === '?') return character;
    if (set !== undefined) return `[${negation === '!' ? '^' : ''}${set.replace(/[\\\]^[]/g, '\\$&')}]`;
    return part.replace(/[\\^$.|+(){}\]/[]/g, '\\$&');
  });
  return new RegExp(`^${parts}$`, 'su');
}
