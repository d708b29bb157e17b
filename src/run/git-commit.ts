import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The commit that a folder's work tree is at, `-dirty` behind it when files differ from it; null outside of git. */
export async function readGitCommit(folder: string): Promise<string | null> {
  try {
    const { stdout } = await run('git', ['describe', '--always', '--dirty', '--abbrev=40', '--exclude=*'], {
      cwd: folder,
      timeout: 5_000,
    });
    return stdout.trim();
  } catch {
    return null;
  }
}
