import type { RelatedPlace } from '../diagnostic/diagnostic.ts';
import { type Span, spanAt } from '../diagnostic/span.ts';
import { type Macro, type MacroLibrary, macroBody } from './macro.ts';
import { type NamedPlace, readMacroBody, type TemplateReading, type TemplateReference } from './reading.ts';

/**
 * All references of a template: its own, and those inside the macros that it calls, whatever branch they stand in.
 * The span of a macro's reference is the call in the template; `related` leads to the place in the macro file.
 * `adapter` picks the bodies of macros.
 */
export function referencesThroughMacros(
  reading: TemplateReading,
  library: MacroLibrary,
  adapter: string,
): readonly TemplateReference[] {
  const references = [...reading.references];
  if (library.macros.size === 0) return references;
  for (const call of reading.calls) {
    const found = referencesOfMacro(call.name, library, adapter, new Set());
    references.push(...found.map((inner) => ({ ...inner, span: spanOf(reading, call) })));
  }
  return references;
}

/** All references of a macro that is called from outside of templates, at `call`. */
export function referencesOfCall(
  name: string,
  call: Span,
  library: MacroLibrary,
  adapter: string,
): readonly TemplateReference[] {
  return referencesOfMacro(name, library, adapter, new Set()).map((inner) => ({ ...inner, span: call }));
}

function referencesOfMacro(
  name: string,
  library: MacroLibrary,
  adapter: string,
  visited: Set<Macro>,
): readonly (TemplateReference & { readonly related: readonly RelatedPlace[] })[] {
  const macro = macroBody(library.macros.get(name) ?? [], adapter);
  if (macro === undefined || visited.has(macro)) return [];
  visited.add(macro);
  const reading = readingOf(macro);
  const { references, calls } = reading;
  const own = references.map((reference) => ({
    ...reference,
    related: [{ message: `the ${reference.kind} in macro "${name}"`, span: reference.span }],
  }));
  const inner = calls.flatMap((call) =>
    referencesOfMacro(call.name, library, adapter, visited).map((reference) => ({
      ...reference,
      related: [
        { message: `macro "${name}" calls "${call.name}"`, span: spanOf(reading, call) },
        ...reference.related,
      ],
    })),
  );
  return [...own, ...inner];
}

function spanOf({ source }: TemplateReading, { place }: NamedPlace): Span {
  return spanAt(source, place.start, place.end);
}

const readings = new WeakMap<Macro, TemplateReading>();

/** Mistakes in a macro were reported when its file was parsed. */
function readingOf(macro: Macro): TemplateReading {
  const known = readings.get(macro);
  if (known !== undefined) return known;
  const names = macro.parameters.map((parameter) => parameter.name);
  const reading = readMacroBody(macro.template, names, () => {});
  readings.set(macro, reading);
  return reading;
}
