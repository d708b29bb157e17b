// Checks the floors of src/, and that the check sees every module and still catches a planted violation.
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';

const PLANTED = 'src/diagnostic/planted-violation.ts';

const cruise = () => {
  const command = ['--no-install', 'depcruise', 'src', '--output-type', 'json'];
  try {
    return JSON.parse(execFileSync('npx', command, { encoding: 'utf8', maxBuffer: 1 << 28 }));
  } catch (error) {
    return JSON.parse(error.stdout);
  }
};

const fail = (message) => {
  console.error(message);
  process.exitCode = 1;
};

const { summary, modules } = cruise();
for (const { rule, from, to } of summary.violations) fail(`${rule.name}: ${from} → ${to}`);

const files = readdirSync('src', { recursive: true }).filter((name) => name.endsWith('.ts'));
const seen = modules.filter((module) => module.source.startsWith('src/')).length;
if (seen < files.length) fail(`The floors check saw ${seen} modules of ${files.length} in src/.`);

writeFileSync(PLANTED, "import '../cli/main.ts';\nimport 'knex';\n");
try {
  const caught = cruise().summary.violations.filter((violation) => violation.from === PLANTED);
  if (caught.length < 2) fail('The floors check missed a planted violation.');
} finally {
  rmSync(PLANTED, { force: true });
}

if (process.exitCode !== 1) console.log(`floors: ${seen} modules, no violation`);
