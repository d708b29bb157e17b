import { undeclaredVariable } from '../diagnostic/catalogue/project.ts';
import * as catalogue from '../diagnostic/catalogue/unit-test.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
import type { Project, YamlValue } from '../project/project.ts';
import { labels, mergeConfig, plainConfig } from './config-precedence.ts';
import { entryLayers } from './declared-node.ts';
import { fixtureFiles, readFixtureRows } from './fixture-rows.ts';
import type { DisabledNode } from './manifest.ts';
import type { BuildableNode, GivenInput, ModelNode, UnitTestNode, UnitTestOverrides } from './node.ts';
import { type NodeIndex, resolve } from './node-index.ts';
import type { Properties, PropertiesEntry } from './properties-file.ts';
import type { UnitTestProperties } from './properties-schema.ts';
import { readReferenceCall, readReferenceText } from './reference-text.ts';

/** What the unit tests of a project are read from. */
export interface UnitTestInput {
  readonly project: Project;
  readonly properties: Properties;
  readonly built: readonly BuildableNode[];
  readonly index: NodeIndex;
}

interface UnitTests {
  readonly enabled: readonly UnitTestNode[];
  readonly disabled: readonly DisabledNode[];
}

/** All unit tests of a project; those of a disabled model are disabled with it. Tests with mistakes are reported and left out. */
export function unitTests(input: UnitTestInput, report: Report): UnitTests {
  const enabled = new Map<string, UnitTestNode>();
  const disabled: DisabledNode[] = [];
  const reading = { ...input, fixtures: fixtureFiles(input.project.files) };
  for (const entry of input.properties.unitTests) {
    const test = readUnitTest(entry, reading, report);
    if (test === undefined) continue;
    if ('resourceType' in test) addTest(test, enabled, report);
    else disabled.push(test);
  }
  return { enabled: [...enabled.values()], disabled };
}

function addTest(test: UnitTestNode, found: Map<string, UnitTestNode>, report: Report): void {
  const other = found.get(test.uniqueId);
  if (other === undefined) found.set(test.uniqueId, test);
  else report(catalogue.duplicateUnitTest({ name: test.name, span: test.span, other: other.span }));
}

interface Reading extends UnitTestInput {
  readonly fixtures: ReturnType<typeof fixtureFiles>;
}

type Entry = PropertiesEntry<UnitTestProperties>;

function readUnitTest(
  entry: Entry,
  reading: Reading,
  report: Report,
): UnitTestNode | DisabledNode | undefined {
  const { value, file, yaml, path, span } = entry;
  const { name } = value;
  const { project, index } = reading;
  const reference = readReferenceText(value.model);
  const modelName = reference?.kind === 'ref' ? reference.name : value.model;
  const uniqueId = `unit_test.${project.name}.${modelName}.${name}`;
  const merged = mergeConfig(entryLayers(entry));
  const settings = plainConfig(merged);
  const disabledAt = merged['enabled']?.value === false ? merged['enabled'].span : undefined;
  const off = disabledAt ?? index.disabled.get(modelName)?.span;
  if (off !== undefined) return { uniqueId, name, span: off };
  const modelSpan = yaml.spanAt([...path, 'model']);
  const model = modelNamed(modelName, modelSpan, reading, report);
  if (model === undefined) return undefined;
  const given = givenInputs(entry, model, reading, report);
  const expect = readFixtureRows(value.expect, [...path, 'expect'], yaml, reading.fixtures, report);
  if (given === undefined || expect === undefined) return undefined;
  return {
    resourceType: 'unit_test',
    uniqueId,
    name,
    path: file.path,
    fqn: [project.name, ...file.folders, model.name, name],
    description: value.description ?? '',
    ...labels(merged),
    span,
    model: model.uniqueId,
    cte: value.cte,
    given,
    expect,
    overrides: overridesOf(entry, project, report),
    config: { enabled: true, raw: { enabled: true, ...settings } },
    references: [{ uniqueId: model.uniqueId, span: modelSpan }],
  };
}

function modelNamed(name: string, span: Span, { built }: Reading, report: Report): ModelNode | undefined {
  const models = built.filter((node) => node.resourceType === 'model');
  const model = models.find((node) => node.name === name);
  if (model === undefined)
    report(catalogue.unitTestOfNoModel({ name, candidates: models.map((node) => node.name), span }));
  return model;
}

/** Undefined when a mistake was reported. */
function givenInputs(
  { value, yaml, path }: Entry,
  model: ModelNode,
  reading: Reading,
  report: Report,
): readonly GivenInput[] | undefined {
  const found = new Map<string, GivenInput>();
  const written = value.given ?? [];
  written.forEach((entry, at) => {
    const span = yaml.spanAt([...path, 'given', at, 'input']);
    const uniqueId = inputNamed(entry.input, model, span, reading, report);
    const rows = readFixtureRows(entry, [...path, 'given', at], yaml, reading.fixtures, report);
    if (uniqueId === undefined || rows === undefined) return;
    const other = found.get(uniqueId);
    if (other === undefined) found.set(uniqueId, { uniqueId, input: entry.input, rows, span });
    else report(catalogue.inputGivenTwice({ input: entry.input, span, other: other.span }));
  });
  return found.size === written.length ? [...found.values()] : undefined;
}

/** The relation that an input means; one that the model does not read is reported. */
function inputNamed(
  input: string,
  model: ModelNode,
  span: Span,
  { index, built }: Reading,
  report: Report,
): string | undefined {
  if (/^\s*(?:\{\{)?\s*(?:self|this)\s*(?:\}\})?\s*$/.test(input)) return model.uniqueId;
  const text = readReferenceCall(input);
  if (text === undefined) {
    report(catalogue.notAnInput({ text: input, span }));
    return undefined;
  }
  const reference = resolve(text, span, index, report);
  if (reference === undefined) return undefined;
  if (readable(model, built).has(reference.uniqueId)) return reference.uniqueId;
  report(catalogue.inputNotRead({ input, model: model.name, span }));
  return undefined;
}

/** What a model reads, itself or through ephemeral models that are written out in it. */
function readable(model: ModelNode, built: readonly BuildableNode[]): ReadonlySet<string> {
  const found = new Set<string>();
  const queue = [model];
  for (let reader = queue.pop(); reader !== undefined; reader = queue.pop()) {
    for (const { uniqueId } of reader.references) {
      if (found.has(uniqueId)) continue;
      found.add(uniqueId);
      const read = built.find((node) => node.uniqueId === uniqueId);
      if (read?.resourceType === 'model' && read.config.materialized === 'ephemeral') queue.push(read);
    }
  }
  return found;
}

function overridesOf(
  { value, yaml, path }: Entry,
  { variables }: Project,
  report: Report,
): UnitTestOverrides {
  const { vars = {}, env_vars = {}, macros = {}, now } = value.overrides ?? {};
  const spanAt = (kind: 'vars' | 'macros' | 'now', name?: string) =>
    yaml.keySpanAt([...path, 'overrides', kind, ...(name === undefined ? [] : [name])]);
  for (const name of Object.keys(vars))
    if (!variables.has(name))
      report(undeclaredVariable({ name, declared: [...variables.keys()], span: spanAt('vars', name) }));
  const environment = Object.entries(env_vars).map(([name, text]) => [name, String(text)]);
  return {
    variables: vars as Readonly<Record<string, YamlValue>>,
    environment: Object.fromEntries(environment),
    macros: macros as Readonly<Record<string, YamlValue>>,
    now,
    spanAt,
  };
}
