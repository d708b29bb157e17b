import { packageVersion } from '../artifact/package-version.ts';

async function main(args: readonly string[]): Promise<number> {
  const [first] = args;
  if (args.length === 1 && (first === '--version' || first === '-V')) {
    process.stdout.write(`${packageVersion()}\n`);
    return 0;
  }
  const { runProgram } = await import('./program.ts');
  return runProgram(args, packageVersion());
}

process.exitCode = await main(process.argv.slice(2));
