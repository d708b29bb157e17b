import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ProgramEnd } from './program.ts';

/** Every byte that the program wrote: to its streams, and into the project's folder. */
export function writtenBy({ stdout, stderr }: ProgramEnd, root: string): string {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((path) => join(root, path))
    .filter((path) => statSync(path).isFile());
  return [stdout, stderr, ...files.map((path) => readFileSync(path, 'latin1'))].join('\n');
}
