// Bundles src/ into a few files: a program of hundreds of small modules spends its start on finding them.
// Small libraries go in, and the parts of large ones that nearly every command needs; the rest stays outside, where it is
// loaded when a command needs it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'rolldown';

export default defineConfig({
  input: {
    'cli/main': 'src/cli/main.ts',
    'library/index': 'src/index.ts',
    'chunk/write-worker': 'src/artifact/write-worker.ts',
    'chunk/generator-worker': 'src/seed/generator-worker.ts',
  },
  platform: 'node',
  external: [
    /^@duckdb\/node-bindings/,
    /^@faker-js\//,
    /^@aws-sdk\//,
    /^knex$/,
    /^pg/,
    /^jiti/,
    /^libpg-query/,
    /^csv-parse/,
    /^handlebars/,
    /^(https?-proxy-agent|agent-base|proxy-from-env)$/,
  ],
  output: {
    dir: 'dist',
    // One folder deep, all of them: modules find package.json, and the pool its worker, from where they are.
    entryFileNames: '[name].js',
    chunkFileNames: 'chunk/[name]-[hash].js',
    cleanDir: true,
  },
  plugins: [{ name: 'licenses', generateBundle: emitLicenses }],
});

/** The licences of the libraries that are bundled, as they ask for. */
function emitLicenses(_options, bundle) {
  const modules = Object.values(bundle).flatMap((chunk) => Object.keys(chunk.modules ?? {}));
  const folders = modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []);
  const notices = [...new Set(folders)].sort().map(noticeOf);
  this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY-LICENSES.txt', source: notices.join('\n') });
}

function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name} has no licence file.`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8')}\n`;
}
