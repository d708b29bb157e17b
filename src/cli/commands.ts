import { buildCommand } from './build.ts';
import { cleanCommand } from './clean.ts';
import { compileCommand } from './compile.ts';
import { debugCommand } from './debug.ts';
import { envCommand } from './env.ts';
import { exportCommand } from './export.ts';
import { freshnessCommand, sourceCommand } from './freshness.ts';
import { generateCommand } from './generate.ts';
import { historyCommand } from './history.ts';
import { lintCommand } from './lint.ts';
import { loadCommand } from './load.ts';
import { lsCommand } from './ls.ts';
import { pruneCommand } from './prune.ts';
import { rollbackCommand } from './rollback.ts';
import { runCommand } from './run.ts';
import { seedCommand } from './seed.ts';
import { showCommand } from './show.ts';
import { storeCommand } from './store.ts';
import { testCommand } from './test.ts';
import { unitTestCommand } from './unit-test.ts';

/** All commands, in the order in which help lists them. */
export const commands = [
  buildCommand,
  runCommand,
  testCommand,
  unitTestCommand,
  freshnessCommand,
  compileCommand,
  lintCommand,
  lsCommand,
  showCommand,
  generateCommand,
  loadCommand,
  seedCommand,
  exportCommand,
  historyCommand,
  rollbackCommand,
  pruneCommand,
  envCommand,
  storeCommand,
  debugCommand,
  cleanCommand,
  sourceCommand,
];
