// Writes what is made from the sources: the schemas, and the generated regions of the pages. Run it with: npm run docs
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generatedFiles } from './generator/generated-files.ts';

const root = join(import.meta.dirname, '..');
for (const [path, text] of await generatedFiles(root)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
