import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as catalogue from '../diagnostic/catalogue/project.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { SourceText } from '../diagnostic/source-text.ts';
import { spanAt } from '../diagnostic/span.ts';
import { forgetChangedModules, rememberModules } from './module-cache.ts';

/** Loads a TypeScript file of the project and gives its exports; undefined after a mistake, which is reported. */
export type LoadModule = (
  path: string,
  report: Report,
) => Promise<Readonly<Record<string, unknown>> | undefined>;

export interface ModuleOptions {
  /** The project's root. */
  readonly root: string;
  /** False for `--no-project-code`. */
  readonly allowed: boolean;
  /** What `import … from 'modelwright'` means in project code. */
  readonly library: () => Promise<Readonly<Record<string, unknown>>>;
}

/**
 * A loader for a project's TypeScript. The compiler is imported when the first module is asked for;
 * `target/modules` keeps what it made by the hash of the text, so that threads and later commands need it no more.
 */
export function moduleLoader(options: ModuleOptions): LoadModule {
  let compiler: ReturnType<typeof startCompiler> | undefined;
  return async (path, report) => {
    if (!options.allowed) {
      report(catalogue.projectCodeRefused({ path }));
      return undefined;
    }
    compiler ??= startCompiler(options);
    const { cache, import: load } = await compiler;
    forgetChangedModules(cache, options.root);
    try {
      const module = await load<Readonly<Record<string, unknown>>>(join(options.root, path));
      rememberModules(cache, options.root);
      return module;
    } catch (error) {
      report(catalogue.projectCodeFailed({ path, ...problemOf(error, path) }));
      return undefined;
    }
  };
}

/** Required, since an import of CommonJS first looks through its text for what it exports: longer than it takes to run it. */
async function startCompiler({ root, library }: ModuleOptions) {
  const { createJiti } = createRequire(import.meta.url)('jiti') as typeof import('jiti');
  return createJiti(join(root, 'project.yml'), {
    fsCache: join(root, 'target', 'modules'),
    moduleCache: true,
    // Without it modules are seen through proxies, which cost a call for every use of an import.
    interopDefault: false,
    virtualModules: { modelwright: await library() },
  });
}

/** The compiler tells the place only in its message: `… (3:14)`. */
function problemOf(error: unknown, path: string) {
  const message = error instanceof Error ? error.message : String(error);
  const source: SourceText = { path, text: '' };
  const place = /\((\d+):(\d+)\)/.exec(message);
  const start = place === null ? undefined : { line: Number(place[1]), column: Number(place[2]) + 1 };
  const span = start === undefined ? spanAt(source, 0, 0) : { source, start, end: start };
  return { problem: message.split('\n')[0] ?? message, span };
}
