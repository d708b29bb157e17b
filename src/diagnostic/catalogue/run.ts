import { counted } from '../counted.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Span } from '../span.ts';
import { MAKE_ROOM } from './warehouse.ts';

interface NamedNode {
  readonly name: string;
  readonly resourceType: string;
  readonly span: Span;
}

/** A selected node reads an unselected one that nobody has published. */
export function unpublishedUpstream({ node, reader }: { node: NamedNode; reader: NamedNode }): Diagnostic {
  return {
    code: 'RUN-001',
    severity: 'error',
    message: `The ${reader.resourceType} "${reader.name}" reads "${node.name}", which is not selected and was never published here.`,
    span: reader.span,
    hint: `Select it too: --select +${reader.resourceType === 'test' ? node.name : reader.name}`,
  };
}

/** A selected node reads an unselected one that would be built differently now. */
export function changedUpstream({ node, reader }: { node: NamedNode; reader: NamedNode }): Diagnostic {
  return {
    code: 'RUN-002',
    severity: 'warning',
    message: `"${reader.name}" reads "${node.name}" as it was published; its code or its data have changed since.`,
    span: node.span,
    hint: `Build it too: --select +${reader.name}`,
  };
}

/** A rebuilt version of a reused node does not hold the same rows. */
export function reuseDiffers({ node, rows }: { node: NamedNode; rows: number }): Diagnostic {
  return {
    code: 'RUN-003',
    severity: 'error',
    message: `Rebuilt, "${node.name}" differs in ${counted(rows, 'distinct row')} from the version that was reused.`,
    span: node.span,
    hint: 'Something decides its rows that its key does not know: an unordered limit, a float sum, a function that is not deterministic.',
  };
}

/** A live view was built but is not published. */
export function liveViewUnpublished({ node }: { node: NamedNode }): Diagnostic {
  return {
    code: 'RUN-004',
    severity: 'warning',
    message: `The view "${node.name}" reads raw data with no table between: its rows change without a publish, so it is not published.`,
    span: node.span,
    hint: 'Materialize it as a table, or publish it with --publish-live.',
  };
}

/** A relation is still published though its node has left the project. */
export function retiredRelation({ relation, since }: { relation: string; since: string | null }): Diagnostic {
  return {
    code: 'RUN-005',
    severity: 'warning',
    message: `${relation} is published, but its model is no longer in the project${since === null ? '' : ` (since ${since})`}; it stays as it is.`,
    hint: 'Set retire_after in project.yml to have such relations removed after so many days.',
  };
}

/** A node was built, but the target publishes nothing untested. */
export function untestedUnpublished({ node }: { node: NamedNode }): Diagnostic {
  return {
    code: 'RUN-007',
    severity: 'warning',
    message: `"${node.name}" is not published: it, or what it reads, has tests that have not passed on these data.`,
    span: node.span,
    hint: 'Run them with "model build"; the target says publish_untested: false.',
  };
}

/** A failure of a node that is none of the known kinds. */
export function unexpectedFailure({ node, message }: { node: NamedNode; message: string }): Diagnostic {
  return {
    code: 'RUN-006',
    severity: 'error',
    message: `"${node.name}" failed: ${message}`,
    span: node.span,
  };
}

/** A node filled the disk. */
export function diskFull({ node, message }: { node: NamedNode; message: string }): Diagnostic {
  return {
    code: 'RUN-008',
    severity: 'error',
    message: `The disk is full: "${node.name}" could not be built. ${message}`,
    span: node.span,
    hint: MAKE_ROOM,
  };
}

/** What a command leaves in target/ cannot be written. */
export function targetNotWritable({ path, reason }: { path: string; reason: string }): Diagnostic {
  return {
    code: 'RUN-103',
    severity: 'error',
    message: `"${path}" cannot be written: ${reason}.`,
    hint: 'The warehouse is as the summary says. Make room or mend the permissions, and run the command again.',
  };
}

/** A file stands where a folder for what a command leaves must be. */
export function fileForFolder({ path, file }: { path: string; file: string }): Diagnostic {
  return {
    code: 'RUN-104',
    severity: 'error',
    message: `"${path}" cannot be written: "${file}" is a file, and must be a folder.`,
    hint: 'Rename or remove the file, and run the command again. The warehouse is as the summary says.',
  };
}

/** A build in a named environment was asked to generate other data than those that have landed. */
export function generationRefused({ environment }: { environment: string }): Diagnostic {
  return {
    code: 'RUN-009',
    severity: 'error',
    message: `Landed data are shared by all environments, so a build in "${environment}" does not generate them anew.`,
    hint: 'Leave out --preset, --seed, --days, --users and --as-of, or run `model generate` with them, for all environments.',
  };
}

/** Sources changed again while what had been built of their latest rows was tested. */
export function movedWhileTested({ sources }: { sources: readonly string[] }): Diagnostic {
  const names = sources.map((source) => `"${source}"`).join(' and ');
  return {
    code: 'RUN-010',
    severity: 'error',
    message: `${names} changed again while being tested, so nothing is known of the rows that were read before.`,
    hint: 'What was made of them is held back. Run the command again, if possible while nobody loads.',
  };
}

/** A value does not fit the type that its column is declared with. */
export function typeNotPinned({ node, message }: { node: NamedNode; message: string }): Diagnostic {
  return {
    code: 'RUN-011',
    severity: 'error',
    message: `The columns of "${node.name}" cannot be cast to the types that they are declared with: ${message}`,
    span: node.span,
    hint: 'Cast the values in the query as they are meant, or correct "data_type".',
  };
}
