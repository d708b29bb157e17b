import type { Compilation } from '../compile/compilation.ts';
import { withCommonTables } from '../compile/ephemeral.ts';
import { openingOf } from '../compile/query-body.ts';
import { renderMacro } from '../compile/render.ts';
import { relationValue } from '../compile/template-context.ts';
import { noBodyForAdapter } from '../diagnostic/catalogue/template.ts';
import { canonicalTokens } from '../dialect/canonical-tokens.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { DataTestNode, GenericTest, TestMacro } from '../manifest/node.ts';
import type { YamlValue } from '../project/project.ts';
import type { TemplateValue } from '../template/helper.ts';
import { type Macro, macroBody } from '../template/macro.ts';
import { relationMarker } from '../template/relation-marker.ts';
import type { MappedText } from '../template/source-map.ts';
import { testedColumn } from './column-name.ts';
import { renderArguments } from './rendered-arguments.ts';
import { whereCondition, writtenByEntry } from './where-condition.ts';

/** What a macro reads in place of the tested relation where a condition filters it. */
const FILTERED = '__model__tested';

/**
 * The SQL of a project's own generic test: what its macro says of the tested relation and column. A condition makes a
 * common table in front of it, so that the macro may name the relation where and as often as it likes.
 */
export function macroTestSql(
  compilation: Compilation,
  node: DataTestNode,
  test: GenericTest,
  { name, relationArguments }: TestMacro,
): MappedText | undefined {
  const { dialect } = compilation;
  const written = renderArguments(compilation, node, test, relationArguments);
  const where = whereCondition(compilation, node);
  const macro = bodyFor(compilation, node, name);
  if (written === undefined || where === undefined || macro === undefined) return undefined;
  const given = {
    ...templateValues(written, relationArguments),
    model: where === '' ? relationValue(testedBy(node)) : dialect.quote(FILTERED),
    ...(test.columnName !== undefined && { column_name: testedColumn(test, dialect) }),
  };
  const rendered = renderMacro(compilation, node, macro, inOrder(macro, given));
  return rendered === undefined || where === '' ? rendered : filteredBy(rendered, where, node, dialect);
}

function bodyFor({ manifest, dialect, report }: Compilation, node: DataTestNode, name: string) {
  const bodies = manifest.macros.macros.get(name) ?? [];
  const macro = macroBody(bodies, dialect.name);
  const others = bodies.map((body) => body.adapter ?? '');
  if (macro === undefined)
    report(noBodyForAdapter({ name, adapter: dialect.name, bodies: others, span: node.span }));
  return macro;
}

type Values = Readonly<Record<string, TemplateValue>>;

function templateValues(
  written: Readonly<Record<string, YamlValue>>,
  relationArguments: readonly string[],
): Values {
  return Object.fromEntries(
    Object.entries(written).map(([name, value]) => [
      name,
      relationArguments.includes(name) ? relationValue(String(value)) : value,
    ]),
  );
}

function inOrder({ parameters }: Macro, given: Values): readonly TemplateValue[] {
  return parameters.map(({ name, default: standard }) =>
    Object.hasOwn(given, name) ? given[name] : standard,
  );
}

function filteredBy(query: MappedText, where: string, node: DataTestNode, dialect: Dialect): MappedText {
  const rows = `  select *\n  from ${relationMarker(testedBy(node))}\n  where ${where}`;
  const filtered = { body: writtenByEntry(rows, where, node) };
  const opening = openingOf(canonicalTokens(dialect.tokenize(query.text)), 0);
  return withCommonTables({ body: query, opening }, [{ name: dialect.quote(FILTERED), query: filtered }]);
}

function testedBy({ attachedTo, name }: DataTestNode): string {
  if (attachedTo === undefined) throw new Error(`This is a bug: test "${name}" stands under no node.`);
  return attachedTo;
}
