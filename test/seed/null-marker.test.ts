import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generate } from '../../src/seed/generate.ts';
import { scratchFolder, seedProject } from './scratch-project.ts';

test.each([
  '"@NULL@"',
  'String(csvCell("@NULL@").length)',
])('A text that would be read as NULL is refused, not landed: %s', async (value) => {
  const root = scratchFolder();
  mkdirSync(join(root, 'seeds'));
  const seed = `import { csvCell, defineSeed } from 'modelwright';
export default defineSeed({ columns: { name: 'varchar' }, *rows() { yield [${value}]; } });`;
  writeFileSync(join(root, 'seeds/orders.ts'), seed);
  const generation = generate({
    ...seedProject(root, join(root, 'landing')),
    options: { preset: 'tiny' },
  });
  await expect(generation).rejects.toThrow('LOD-003 The seed failed: the text "@NULL@" stands for NULL');
});
