import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { catalogueMessages } from '../../docs/generator/diagnostics.ts';
import { generatedFiles } from '../../docs/generator/generated-files.ts';
import { fillRegions } from '../../docs/generator/region.ts';
import { runProgram } from '../../src/cli/program.ts';
import { selectorMethods } from '../../src/manifest/methods/registry.ts';

const ROOT = join(import.meta.dirname, '../..');
const files = await generatedFiles(ROOT);

test.each([...files.keys()])('%s is what the sources say: npm run docs writes it', (path) => {
  expect(readFileSync(join(ROOT, path), 'utf8')).toBe(files.get(path));
});

test('commands.md knows every command of the program', async () => {
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  await runProgram(['--help'], '0.0.0');
  const help = written.mock.calls.map(([text]) => String(text)).join('');
  written.mockRestore();
  const commands = [...(help.split('Commands:\n')[1] ?? '').matchAll(/^ {2}(\w+)/gm)].map(([, name]) => name);
  expect(commands).toContain('build');
  const page = files.get('docs/commands.md') ?? '';
  const missing = commands.filter((name) => name !== 'help' && !page.includes(`\n## model ${name}`));
  expect(missing).toEqual([]);
});

test('diagnostics.md lists every code that stands in the catalogue', () => {
  const folder = join(ROOT, 'src/diagnostic/catalogue');
  const text = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  const written = new Set(text.join('\n').match(/(?<=')[A-Z]{3}-\d{3}(?=')/g));
  expect(catalogueMessages().map(({ code }) => code)).toEqual([...written].sort());
});

test('select-nodes.md names every selector method', () => {
  const page = readFileSync(join(ROOT, 'docs/select-nodes.md'), 'utf8');
  const missing = [...selectorMethods].filter(
    ([name, { takesArgument }]) => !page.includes(`\`${name}${takesArgument ? '.' : ':'}`),
  );
  expect(missing).toEqual([]);
});

test('a region that nothing makes is refused', () => {
  const page = '<!-- generated: of thin air -->\n<!-- end of generated -->';
  expect(() => fillRegions(page, {})).toThrow('of thin air');
});

test('every link of the documentation leads to a file', () => {
  const pages = [
    ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
    ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ];
  const broken = pages.flatMap((page) =>
    linksOf(readFileSync(join(ROOT, page), 'utf8'))
      .filter((link) => !existsSync(join(ROOT, dirname(page), link)))
      .map((link) => `${page}: ${link}`),
  );
  expect(pages.length).toBeGreaterThan(10);
  expect(broken).toEqual([]);
});

test('every link to a heading leads to one', () => {
  const pages = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
  const text = new Map(pages.map((page) => [page, readFileSync(join(ROOT, 'docs', page), 'utf8')]));
  const broken = pages.flatMap((page) =>
    [...(text.get(page) ?? '').matchAll(/\]\(([\w-]+\.md)?#([\w-]+)\)/g)]
      .filter(([, target, heading]) => !headingsOf(text.get(target ?? page) ?? '').includes(heading ?? ''))
      .map(([link]) => `${page}: ${link}`),
  );
  expect(broken).toEqual([]);
});

/** Links to files, without what stands behind `#`. */
function linksOf(page: string): readonly string[] {
  const prose = page.replace(/^```[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].flatMap(([, link]) => link ?? []);
}

function headingsOf(page: string): readonly string[] {
  return [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    (heading ?? '')
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
}
