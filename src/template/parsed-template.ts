import type { Report } from '../diagnostic/diagnostic.ts';
import type { SourceText } from '../diagnostic/source-text.ts';
import { parseTemplate } from './parse-template.ts';
import type { Template } from './template.ts';

const parsed = new WeakMap<SourceText, Template>();

/**
 * The template of a file, parsed once until it is released: parsing a project reads it for its references,
 * compiling evaluates it. A template with mistakes is not kept, so that whoever asks is told of them.
 */
export function parsedTemplate(source: SourceText, report: Report): Template | undefined {
  const known = parsed.get(source);
  if (known !== undefined) return known;
  let clean = true;
  const template = parseTemplate(source, (diagnostic) => {
    clean = false;
    report(diagnostic);
  });
  if (template !== undefined && clean) parsed.set(source, template);
  return template;
}

/** Lets go of a file's syntax tree, which takes ten times the room of its text; whoever asks again parses again. */
export function releaseTemplate(source: SourceText): void {
  parsed.delete(source);
}
