import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { genericTests } from '../../src/data-test/generic-tests.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { formatPlace } from '../../src/diagnostic/span.ts';
import { duckdbDialect } from '../../src/dialect/duckdb/duckdb-dialect.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { parseManifest } from '../../src/manifest/parse.ts';
import { type LoadOptions, loadProject } from '../../src/project/load.ts';
import type { Project } from '../../src/project/project.ts';
import { moduleLoader } from '../../src/project/typescript-module.ts';

/** Files of a project by path; without a project.yml they get the smallest one. */
export type Files = Readonly<Record<string, string | Buffer>>;

export const PROJECT_YML = `name: shop
targets:
  dev: { adapter: duckdb, path: dev.duckdb, schema: analytics }
`;

/** Writes a project into a folder of its own, which is removed when the test is over. */
export function scratchProject(files: Files): string {
  const root = mkdtempSync(join(tmpdir(), 'model-project-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries({ 'project.yml': PROJECT_YML, ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

export interface Loaded {
  readonly project: Project | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export async function load(files: Files, options: Partial<LoadOptions> = {}): Promise<Loaded> {
  const diagnostics: Diagnostic[] = [];
  const projectDir = scratchProject(files);
  const project = await loadProject({ projectDir, env: {}, ...options }, (found) => diagnostics.push(found));
  return { project, diagnostics };
}

export interface Parsed {
  readonly manifest: Manifest;
  readonly diagnostics: readonly Diagnostic[];
}

/** Loads and parses a project; project.yml must be right. */
export async function parse(
  files: Files,
  options: Partial<LoadOptions> & { readonly projectCode?: boolean } = {},
): Promise<Parsed> {
  const { project, diagnostics } = await load(files, options);
  if (project === undefined) throw new Error(diagnostics.map((found) => found.message).join('\n'));
  return parseLoaded(project, diagnostics, options.projectCode ?? true);
}

/** Parses a project that has been loaded, with DuckDB's dialect and all generic tests. */
export async function parseLoaded(
  project: Project,
  earlier: readonly Diagnostic[] = [],
  allowed = true,
): Promise<Parsed> {
  const found = [...earlier];
  const loadModule = moduleLoader({ root: project.root, allowed, library: async () => ({}) });
  const context = { dialect: duckdbDialect, genericTests, loadModule };
  const manifest = await parseManifest(project, context, (diagnostic) => found.push(diagnostic));
  return { manifest, diagnostics: found };
}

/** A diagnostic on one line: `CFG-001 models/a.sql:1:10 Unknown config "x". | Did you mean "y"?` */
export function oneLine({ code, message, span, hint }: Diagnostic): string {
  return [
    code,
    span === undefined ? '-' : formatPlace(span),
    message,
    ...(hint === undefined ? [] : ['|', hint]),
  ].join(' ');
}
