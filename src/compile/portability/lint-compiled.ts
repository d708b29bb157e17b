import { notPortable, unknownLintCode } from '../../diagnostic/catalogue/portability.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { formatPlace } from '../../diagnostic/span.ts';
import type { Dialect } from '../../dialect/dialect.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { YamlValue } from '../../project/project.ts';
import type { Origin } from '../../template/source-map.ts';
import type { CompiledNode } from '../compiled-node.ts';
import { publishedSql } from '../compiled-text.ts';
import { describeNode } from '../describe-node.ts';
import { sqlPlace } from '../sql-place.ts';
import { declaredIntegers } from './declared-integers.ts';
import { type Finding, type LintOptions, lintSql } from './lint-sql.ts';
import { loadGrammar } from './pg-grammar.ts';
import { pageAddress, portabilityRules } from './rules.ts';

/** A finding of the lint: what a person reads, and whose SQL it was found in. */
export interface NodeFinding {
  readonly uniqueId: string;
  /** The address of AWS's page on it; a mistake of the config has none. */
  readonly page: string | undefined;
  readonly diagnostic: Diagnostic;
}

/** Whose words are linted: the manifest of the nodes, and the dialect that they were compiled for. */
export interface LintProject {
  readonly manifest: Manifest;
  readonly dialect: Dialect;
}

/**
 * Lints compiled models and tests, and gives what was found at the places of their templates, in the order of the nodes.
 * One place is told once, however many nodes its text goes into; a rule that a node's config switches off is not told.
 */
export async function lintCompiled(
  nodes: Iterable<CompiledNode>,
  project: LintProject,
): Promise<readonly NodeFinding[]> {
  const grammar = await loadGrammar();
  const integerColumns = declaredIntegers(project.manifest);
  const found = new Map<string, NodeFinding>();
  for (const compiled of nodes) {
    for (const finding of lintNode(compiled, project, { grammar, integerColumns })) {
      const { code, span } = finding.diagnostic;
      const place = `${code} ${span === undefined ? finding.uniqueId : formatPlace(span)}`;
      if (!found.has(place)) found.set(place, finding);
    }
  }
  return [...found.values()];
}

function lintNode(
  compiled: CompiledNode,
  project: LintProject,
  known: Pick<LintOptions, 'grammar' | 'integerColumns'>,
): readonly NodeFinding[] {
  const { manifest, dialect } = project;
  const { node } = compiled;
  const { uniqueId, name, span } = node;
  const bound = publishedSql(compiled, manifest, dialect);
  const findings = lintSql(bound.sql, {
    ...known,
    dialect,
    declaredFunctions: new Set(manifest.project.deterministicFunctions.map((one) => one.toLowerCase())),
    wrapped: node.resourceType === 'test',
  });
  const off = switchedOff(node.config.raw);
  const unknown = off
    .filter((code) => !CODES.includes(code))
    .map((code) => unknownLintCode({ code, name, span, known: CODES }));
  const told = findings.flatMap((finding) => {
    const origin = bound.originAt(finding.offset);
    if (off.includes(finding.code) || isOurWording(finding, origin, dialect)) return [];
    const page = pageAddress(finding.page);
    const place = sqlPlace(origin, span);
    const words = { ...finding, hint: finding.hint, what: describeNode(node), page, place };
    return [{ uniqueId, page, diagnostic: notPortable(words) }];
  });
  return [...unknown.map((diagnostic) => ({ uniqueId, page: undefined, diagnostic })), ...told];
}

const CODES: readonly string[] = portabilityRules.map(({ code }) => code);

/** The codes of `lint: { off: { code: reason } }`, as the config's schema has checked it. */
function switchedOff(config: Readonly<Record<string, YamlValue>>): readonly string[] {
  const { off = {} } = (config['lint'] ?? {}) as { readonly off?: Readonly<Record<string, string>> };
  return Object.keys(off);
}

/**
 * Whether a warning is about what a portable macro or another helper of ours wrote: it knows how Redshift reads it, and
 * golden tables hold it to that. What Redshift refuses is told whoever wrote it.
 */
function isOurWording({ severity }: Finding, origin: Origin | undefined, { macros }: Dialect): boolean {
  if (severity === 'error' || origin === undefined) return false;
  const { source, start } = origin.span;
  const line = source.text.split('\n')[start.line - 1] ?? '';
  const helper = /^\{\{~?\s*(\w+)/.exec(line.slice(start.column - 1))?.[1];
  return helper === 'literal' || macros.some(({ name }) => name === helper);
}
