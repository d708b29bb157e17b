import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemas } from '../../src/manifest/json-schemas.ts';
import { bugGallery, galleryPage } from './bug-gallery.ts';
import { commandReference } from './commands.ts';
import { landingKeys, modelConfigs, projectKeys, seedConfigs, testConfigs } from './config-keys.ts';
import { diagnosticFamilies } from './diagnostics.ts';
import { genericTestReference } from './generic-tests.ts';
import { builtinHelperReference, portableMacroReference } from './helpers.ts';
import { portabilityRuleReference } from './portability-rules.ts';
import { fillRegions, type Regions } from './region.ts';

const REGIONS: Regions = {
  'built-in helpers': builtinHelperReference,
  commands: commandReference,
  'diagnostic codes': diagnosticFamilies,
  'generic tests': genericTestReference,
  'keys of project.yml': projectKeys,
  'model configs': modelConfigs,
  'portability rules': portabilityRuleReference,
  'portable macros': portableMacroReference,
  'seed configs': seedConfigs,
  'settings of an S3 landing zone': landingKeys,
  'test configs': testConfigs,
};

/**
 * All that is made from the sources, by path from the repository's root: JSON Schemas, and the pages of docs/ with their
 * generated regions filled anew. Throws when a region is in no page, or in two.
 */
export async function generatedFiles(root: string): Promise<ReadonlyMap<string, string>> {
  const gallery = galleryPage(await bugGallery(root));
  const made: Regions = { ...REGIONS, 'bug gallery': () => gallery };
  const files = new Map<string, string>();
  for (const [name, schema] of Object.entries(jsonSchemas())) {
    files.set(`schemas/${name}`, `${JSON.stringify(schema, undefined, 2)}\n`);
  }
  const filled: string[] = [];
  for (const page of readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'))) {
    const { text, regions } = fillRegions(readFileSync(join(root, 'docs', page), 'utf8'), made);
    if (regions.length > 0) files.set(`docs/${page}`, text);
    filled.push(...regions);
  }
  for (const name of Object.keys(made)) {
    const pages = filled.filter((region) => region === name).length;
    if (pages !== 1) throw new Error(`The generated region "${name}" stands in ${pages} places of docs/.`);
  }
  return files;
}
