import type { SelectorMethod } from '../selector-method.ts';
import { config } from './config.ts';
import { file } from './file.ts';
import { fqn } from './fqn.ts';
import { path } from './path.ts';
import { resourceType } from './resource-type.ts';
import { source } from './source.ts';
import { tag } from './tag.ts';
import { testName } from './test-name.ts';
import { testType } from './test-type.ts';
import { unitTest } from './unit-test.ts';

/** All selector methods by name. A new method is a file in this folder and a line here. */
export const selectorMethods: ReadonlyMap<string, SelectorMethod> = new Map(
  [fqn, tag, path, file, config, source, resourceType, testType, testName, unitTest].map((method) => [
    method.name,
    method,
  ]),
);
