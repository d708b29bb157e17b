/** The messages of the room template, a file for each family. */
export * from './template-argument.ts';
export * from './template-evaluation.ts';
export * from './template-grammar.ts';
export * from './template-macro-file.ts';
export * from './template-name.ts';
export * from './template-reading.ts';
