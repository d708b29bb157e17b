import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const REPOSITORY = new URL('../..', import.meta.url).pathname;
const BUILDS = join(REPOSITORY, 'node_modules', '.cache', 'model-program');
const OLD_MS = 3_600_000;

/**
 * The program as it is installed, in a folder of its own: package.json, and dist/ compiled from src/ as it is now.
 * The folder is named by its content, so it is made once, and a change of src/ leaves a running test alone.
 */
export function builtProgram(): string {
  const sources = readSources();
  const folder = join(BUILDS, digest(sources));
  if (existsSync(folder)) return folder;
  removeOldBuilds();
  const scratch = `${folder}.${process.pid}`;
  for (const [path, text] of sources) {
    const file = join(scratch, path === 'package.json' ? path : compiledName(path));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, path === 'package.json' ? text : compile(text));
  }
  try {
    renameSync(scratch, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(scratch, { recursive: true });
  }
  return folder;
}

type Sources = readonly (readonly [path: string, text: string])[];

function readSources(): Sources {
  const modules = readdirSync(join(REPOSITORY, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join('src', path));
  return ['package.json', ...modules.sort()].map((path) => [
    path,
    readFileSync(join(REPOSITORY, path), 'utf8'),
  ]);
}

function digest(sources: Sources): string {
  return hashOf(sources.map(([path, text]) => `${path}\0${text}\0`).join(''));
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}

function compiledName(path: string): string {
  return path.replace(/^src/, 'dist').replace(/\.ts$/, '.js');
}

/** Compiles a module, or takes what an earlier build made of the same text. */
function compile(text: string): string {
  const file = join(BUILDS, 'modules', `${hashOf(text)}.js`);
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const { outputText } = ts.transpileModule(text, { compilerOptions: COMPILER_OPTIONS });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, outputText);
  renameSync(`${file}.${process.pid}`, file);
  return outputText;
}

const COMPILER_OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  rewriteRelativeImportExtensions: true,
  verbatimModuleSyntax: true,
};

function removeOldBuilds(): void {
  if (!existsSync(BUILDS)) return;
  for (const name of readdirSync(BUILDS)) {
    const build = join(BUILDS, name);
    if (name !== 'modules' && Date.now() - statSync(build).mtimeMs > OLD_MS)
      rmSync(build, { recursive: true, force: true });
  }
}
