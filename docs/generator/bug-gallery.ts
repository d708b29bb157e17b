import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Diagnostic, DiagnosticError } from '../../src/diagnostic/diagnostic.ts';
import { compileProject, readProject, runProject } from '../../src/index.ts';
import type { Dag } from '../../src/manifest/dag.ts';
import type { ModelNode } from '../../src/manifest/node.ts';
import { noColors } from '../../src/report/colors.ts';
import { diagnosticText } from '../../src/report/diagnostic-text.ts';
import { failureText } from '../../src/report/failure-text.ts';
import type { RunResult } from '../../src/run/run-result.ts';

const EXAMPLES = 'examples/legacy';
/** Projects that stop before a statement is sent, in the order in which the page shows them. */
const STOPPED = ['dangling', 'undeclared'];
const REPAIRED = '_repaired';

/** A mistake of the gallery: what is wrong, what says so, and how it is mended. */
export interface GalleryEntry {
  readonly title: string;
  readonly path: string;
  readonly mistake: string;
  readonly sql: string;
  /** What the program printed about it. */
  readonly caught: readonly string[];
  readonly repair: string;
  /** The repaired model; undefined where the repair is a word. */
  readonly repairedSql: string | undefined;
}

/**
 * Runs the projects of `examples/legacy` as they are, in a copy, and tells each mistake with what caught it: first those
 * of models that are built or tested, in the order of their numbers, then those that stop a project before it runs.
 */
export async function bugGallery(root: string): Promise<readonly GalleryEntry[]> {
  const copy = mkdtempSync(join(tmpdir(), 'model-gallery-'));
  try {
    cpSync(join(root, EXAMPLES), copy, {
      recursive: true,
      filter: (path) => !/warehouse$|target$/.test(path),
    });
    const stopped = [];
    for (const project of STOPPED) stopped.push(...(await stoppedEntries(copy, project)));
    return [...(await builtEntries(copy)), ...stopped];
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/** The page: one section for each mistake. */
export function galleryPage(entries: readonly GalleryEntry[]): string {
  return entries.map((entry, index) => section(entry, index + 1)).join('\n\n');
}

function section(
  { title, path, mistake, sql, caught, repair, repairedSql }: GalleryEntry,
  number: number,
): string {
  return [
    `### ${number}. ${title}`,
    mistake,
    fenced('sql', sql, `${EXAMPLES}/${path}`),
    'Caught by:',
    fenced('', caught.join('\n\n')),
    `Repair: ${repair}`,
    ...(repairedSql === undefined ? [] : [fenced('sql', repairedSql)]),
  ].join('\n\n');
}

function fenced(language: string, text: string, path?: string): string {
  const lines = path === undefined ? [text.trimEnd()] : [`-- ${path}`, text.trimEnd()];
  return ['```'.concat(language), ...lines, '```'].join('\n');
}

async function builtEntries(projectDir: string): Promise<readonly GalleryEntry[]> {
  const request = { projectDir, projectCode: false, env: process.env, threads: 1 };
  const dag = await readProject(request, refuse);
  const { results } = await runProject({
    ...request,
    command: 'build',
    generates: false,
    loads: false,
    builds: true,
    tests: true,
    selection: { select: [], exclude: [] },
    failFast: false,
    fullRefresh: false,
    publish: 'passed',
    publishLive: false,
    adopt: new Set(),
    verifyReuse: false,
    samples: true,
    maxErrors: 0,
    waitSeconds: 0,
    seedOptions: {},
    tell: () => undefined,
    warn: refuse,
    signal: new AbortController().signal,
  });
  return numbered(dag).map((node) => builtEntry(node, dag, results));
}

/** The models that stand in the gallery, in the order of their numbers. */
function numbered({ manifest }: Dag): readonly ModelNode[] {
  const models = [...manifest.nodes.values()].filter((node) => node.resourceType === 'model');
  return models
    .flatMap((node) => (placeOf(node) === undefined ? [] : [node]))
    .sort((one, other) => (placeOf(one)?.number ?? 0) - (placeOf(other)?.number ?? 0));
}

/** `meta: { gallery: { number, title } }` */
function placeOf({ meta }: ModelNode): { readonly number: number; readonly title: string } | undefined {
  const place = meta['gallery'];
  if (typeof place !== 'object' || place === null || Array.isArray(place)) return undefined;
  const { number, title } = place as Readonly<Record<string, unknown>>;
  return { number: Number(number), title: String(title) };
}

function builtEntry(node: ModelNode, { manifest }: Dag, results: readonly RunResult[]): GalleryEntry {
  const repaired = [...manifest.nodes.values()].find(({ name }) => name === node.name + REPAIRED);
  if (repaired?.resourceType !== 'model') throw new Error(`"${node.name}" has no repaired model beside it.`);
  const stillWrong = whatIsWrong(repaired.name, results);
  if (stillWrong.length > 0) throw new Error(`"${repaired.name}" is not repaired:\n${stillWrong.join('\n')}`);
  const caught = whatIsWrong(node.name, results);
  if (caught.length === 0) throw new Error(`Nothing catches the mistake of "${node.name}".`);
  return {
    title: placeOf(node)?.title ?? node.name,
    path: node.path,
    mistake: node.description.trim(),
    sql: node.source.text,
    caught,
    repair: repaired.description.trim(),
    repairedSql: repaired.source.text,
  };
}

function whatIsWrong(model: string, results: readonly RunResult[]): readonly string[] {
  return results
    .filter(({ name, attachedTo }) => (attachedTo ?? name) === model)
    .flatMap((result) => failureText(steady(result), noColors)?.replace(/^ {2}/gm, '') ?? []);
}

/** Rows come in any order, and the first of many are any of them. */
function steady({ sample, ...result }: RunResult): RunResult {
  if (sample === undefined || sample.rows.length < (result.failures ?? 0)) return result;
  const text = (row: (typeof sample.rows)[number]) => Object.values(row).join();
  const rows = sample.rows.toSorted((one, other) => (text(one) < text(other) ? -1 : 1));
  return { ...result, sample: { ...sample, rows } };
}

async function stoppedEntries(copy: string, project: string): Promise<readonly GalleryEntry[]> {
  const found = await diagnosticsOf(join(copy, project));
  const models = join(copy, project, 'models');
  return readdirSync(models)
    .sort()
    .flatMap((file) => {
      const told = found.filter(({ span }) => span?.source.path === `models/${file}`);
      const sql = readFileSync(join(models, file), 'utf8');
      return told.length === 0 ? [] : [stoppedEntry(`${project}/models/${file}`, sql, told)];
    });
}

/** What is said before a statement is sent. */
async function diagnosticsOf(projectDir: string): Promise<readonly Diagnostic[]> {
  try {
    const dag = await readProject({ projectDir, projectCode: false, env: process.env }, refuse);
    await compileProject(dag, { select: [], exclude: [] }, refuse);
    return [];
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics;
    throw error;
  }
}

/** The comment that the file begins with: a title, what is wrong, and after `Repair:` what mends it. */
const COMMENT = /^-- (?<title>.*)\n(?<mistake>(?:-- .*\n)+?)-- Repair: (?<repair>.*)\n/;

function stoppedEntry(path: string, text: string, told: readonly Diagnostic[]): GalleryEntry {
  const { title, mistake, repair } = COMMENT.exec(text)?.groups ?? {};
  if (title === undefined || mistake === undefined || repair === undefined)
    throw new Error(`${path} does not begin with a title, what is wrong, and "Repair:".`);
  return {
    title,
    path,
    mistake: mistake.replaceAll('-- ', '').trim().replaceAll('\n', ' '),
    sql: text.replace(COMMENT, ''),
    caught: told.map((diagnostic) => diagnosticText(diagnostic, noColors)),
    repair,
    repairedSql: undefined,
  };
}

function refuse(diagnostic: Diagnostic): void {
  throw new DiagnosticError([diagnostic]);
}
