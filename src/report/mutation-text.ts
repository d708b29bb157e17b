import { counted } from '../diagnostic/counted.ts';
import { formatPlace, type Span } from '../diagnostic/span.ts';
import { killedShare, type Mutant } from '../mutation/mutant.ts';
import type { MutationResult } from '../mutation/mutate.ts';
import type { Colors } from './colors.ts';

/**
 * What became of the mutants of a model, the survivors one by one:
 * ```
 * daily  36 of 38 mutants killed by 45 tests (94 %)
 *   survived  models/marts/daily.sql:112:11  left join → inner join  makes the same rows here
 * ```
 */
export function mutationText({ model, mutants, tests, failing }: MutationResult, colors: Colors): string {
  const count = (kind: Mutant['fate']['kind']) => mutants.filter(({ fate }) => fate.kind === kind).length;
  const [killed, survived] = [count('killed'), count('survived')];
  const invalid = count('invalid');
  const refused = invalid === 0 ? '' : `, ${invalid} refused by the engine`;
  const share = `${Math.floor(killedShare(mutants) * 100)} %`;
  return [
    `${colors.bold(model.name)}  ${killed} of ${counted(killed + survived, 'mutant')} killed by ${counted(tests, 'test')} (${share})${refused}`,
    ...failing.map((name) => `  ${colors.yellow('left out')}  ${name}  fails on the model as it is`),
    ...survivors(mutants, model.span, colors),
  ].join('\n');
}

function survivors(mutants: readonly Mutant[], ofModel: Span, colors: Colors): readonly string[] {
  const rows = mutants.flatMap(({ fate, place = ofModel, change }) =>
    fate.kind === 'survived'
      ? [{ place: formatPlace(place), change, note: fate.sameRows ? 'makes the same rows here' : '' }]
      : [],
  );
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => text.length));
  const [places, changes] = [
    widest(rows.map(({ place }) => place)),
    widest(rows.map(({ change }) => change)),
  ];
  return rows.map(({ place, change, note }) =>
    `  ${colors.red('survived')}  ${place.padEnd(places)}  ${change.padEnd(changes)}  ${colors.dim(note)}`.trimEnd(),
  );
}

/** A mutant as a line of the JSON log. */
export function mutantEvent(
  { model }: MutationResult,
  { mutation, place = model.span, change, fate }: Mutant,
  at: Date,
): Readonly<Record<string, unknown>> {
  const { line, column } = place.start;
  return {
    event: 'mutant',
    at: at.toISOString(),
    model: model.uniqueId,
    mutation: mutation.kind,
    change,
    place: { path: place.source.path, line, column },
    fate: fate.kind,
    ...(fate.kind === 'killed' && { by: fate.by }),
    ...(fate.kind === 'survived' && { same_rows: fate.sameRows }),
  };
}
