/** The messages of the room manifest, a file for each family. */
export * from './manifest-node.ts';
export * from './manifest-reference.ts';
export * from './manifest-test.ts';
