import { notPortable, unknownLintCode } from '../../diagnostic/catalogue/portability.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { formatPlace } from '../../diagnostic/span.ts';
import type { Dialect } from '../../dialect/dialect.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { YamlValue } from '../../project/project.ts';
import type { CompiledNode } from '../compiled-node.ts';
import { publishedSql } from '../compiled-text.ts';
import { describeNode } from '../describe-node.ts';
import { sqlPlace } from '../sql-place.ts';
import { declaredTypes } from './declared-types.ts';
import { type LintOptions, lintSql } from './lint-sql.ts';
import { isOurWording } from './our-wording.ts';
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
  const known = { grammar, declaredTypes: declaredTypes(project.manifest) };
  const found = new Map<string, NodeFinding>();
  for (const compiled of nodes) {
    for (const finding of lintNode(compiled, project, known)) {
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
  known: Pick<LintOptions, 'grammar' | 'declaredTypes'>,
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
    if (off.includes(finding.code) || isOurWording({ finding, node, sql: bound.sql, origin, dialect }))
      return [];
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
