import { z } from 'zod';
import type { GenericTestDefinition } from '../../src/data-test/generic-test.ts';
import { genericTests } from '../../src/data-test/generic-tests.ts';
import type { GenericTestAlias } from '../../src/manifest/generic-test-signature.ts';
import { code, table } from './markdown.ts';
import { isRequired, membersOf, typeText } from './schema-text.ts';

const PLACES: Readonly<Record<GenericTestDefinition['column'], string>> = {
  required: 'Stands under a column.',
  optional: 'Stands under a column or under the model.',
  never: 'Stands under the model, not under a column.',
};

/** Every generic test with its arguments. */
export function genericTestReference(): string {
  const sorted = [...genericTests].sort((one, other) => (one.name < other.name ? -1 : 1));
  return sorted.map(entry).join('\n\n');
}

function entry({
  name,
  aliases = [],
  doc,
  column,
  schema,
  relationArguments,
}: GenericTestDefinition): string {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const rows = membersOf(json).map(([argument, member]) => [
    code(argument),
    relationArguments.includes(argument) ? "a model, seed or source: `x`, `ref('x')`" : typeText(member),
    member.default === undefined
      ? isRequired(json, argument)
        ? 'required'
        : ''
      : code(JSON.stringify(member.default)),
  ]);
  const alsoKnown = aliases.map(aliasText);
  return [
    `### ${name}`,
    '',
    `${doc} ${PLACES[column]}`,
    ...(alsoKnown.length === 0 ? [] : ['', `Also: ${alsoKnown.join('; ')}.`]),
    '',
    rows.length === 0 ? 'No arguments.' : table(['argument', 'value', 'default'], rows),
  ].join('\n');
}

function aliasText({ name, arguments: renamed = {} }: GenericTestAlias): string {
  const pairs = Object.entries(renamed).map(([theirs, ours]) => `${code(theirs)} is ${code(ours)}`);
  return [code(name), ...pairs].join(', ');
}
