import type { Report } from '../diagnostic/diagnostic.ts';
import type { MacroLibrary } from '../template/macro.ts';
import { readTemplate } from '../template/reading.ts';
import { referencesThroughMacros } from '../template/reference-closure.ts';
import type { Template } from '../template/template.ts';
import type { ConfigLayer } from './config-layer.ts';
import type { PlacedReference } from './reference-text.ts';

/** What a template says without being rendered: what it and its macros refer to, and its own config. */
export interface TemplateFacts {
  readonly references: readonly PlacedReference[];
  readonly config: ConfigLayer;
}

/** The macros of a project, and whose bodies count. */
export interface Macros {
  readonly library: MacroLibrary;
  readonly adapter: string;
}

const NOTHING: TemplateFacts = { references: [], config: {} };

/** Reads a template's facts; there are none where it did not parse. */
export function readFacts(template: Template | undefined, macros: Macros, report: Report): TemplateFacts {
  if (template === undefined) return NOTHING;
  const reading = readTemplate(template, report);
  return {
    references: referencesThroughMacros(reading, macros.library, macros.adapter),
    config: reading.config ?? {},
  };
}
