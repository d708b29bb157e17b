import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { parseYaml } from '../../src/project/parse-yaml.ts';
import { readPlainYaml } from '../../src/project/plain-yaml.ts';
import { parseWholeYaml } from '../../src/project/whole-yaml.ts';
import type { YamlDocument, YamlPath } from '../../src/project/yaml-document.ts';

/** Files of the reference project, and all of this repository, which hold what people write. */
const reference = ['project.yml', ...['models', 'seeds'].flatMap((folder) => yamlBelow(folder))];
const files = [...reference, ...yamlBelow('test')];

const SOME = [
  "a: 1\nb: [x, y]\nc: { d: e, f: [1, 2.50, \"q\\n\", 'it''s'] }\n",
  'list:\n- a\n- b: 1\n  c:\n  - d\n# comment\nnone:\nlast: x # why\n',
  'text: >\n  one\n  two\n\n  three\n\nother: |-\n  a\n   b\n\n  c\n',
  'a: -1\nb: 0.5\nc: 2025-12-31\nd: true\ne: ~\nf: null\ng: {}\nh: []\ni: a:b\n',
];

describe('plain YAML', () => {
  it.each(reference)('is what %s is written in', (file) => {
    expect(readPlainYaml(readFileSync(file, 'utf8'))).toBeDefined();
  });

  it.each([
    ...files.map((file) => readFileSync(file, 'utf8')),
    ...SOME,
  ])('means what the whole grammar says, at the same places', (text) => {
    expect(told(parseYaml, text)).toEqual(told(parseWholeYaml, text));
  });

  it('means what the whole grammar says when texts are damaged', () => {
    const texts = [...SOME, ...files.map((file) => readFileSync(file, 'utf8').slice(0, 1500))];
    const pieces = [
      ...' \n:#-,[]{}"\'|>&*!%@`~?.+0123456789ex\\',
      '\n  ',
      '\n- ',
      ': ',
      ' #',
      '- - ',
      'null',
      '<<: ',
      '---',
    ];
    const edit = fc.record({
      at: fc.nat(1500),
      removed: fc.nat(3),
      piece: fc.constantFrom('', ...pieces),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        (text, edits) => {
          const damaged = edits.reduce((before, { at, removed, piece }) => {
            const place = at % (before.length + 1);
            return before.slice(0, place) + piece + before.slice(place + removed);
          }, text);
          if (readPlainYaml(damaged) !== undefined)
            expect(told(parseYaml, damaged)).toEqual(told(parseWholeYaml, damaged));
        },
      ),
      { numRuns: Number(process.env['MODEL_TEST_RUNS'] ?? 1000) },
    );
  });

  it('means what the whole grammar says of any value that was written by a machine', () => {
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, tie('leaf'), tie('list'), tie('map')),
      leaf: fc.oneof(fc.string(), fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null)),
      list: fc.array(tie('value'), { maxLength: 4 }),
      map: fc.dictionary(fc.stringMatching(/^[a-z_+][a-z0-9_. -]{0,8}$/), tie('value'), { maxKeys: 4 }),
    }));
    const options = fc.record({
      indentSeq: fc.boolean(),
      collectionStyle: fc.constantFrom('any' as const, 'flow' as const),
      singleQuote: fc.boolean(),
      lineWidth: fc.constantFrom(0, 80),
    });
    fc.assert(
      fc.property(value, options, (written, style) => {
        const text = stringify(written, style);
        expect(told(parseYaml, text)).toEqual(told(parseWholeYaml, text));
      }),
    );
  });
});

/** The value of a text, the place of everything in it, and what was reported. */
function told(parse: typeof parseYaml, text: string) {
  const reported: Diagnostic[] = [];
  const document = parse({ path: 'some.yml', text }, (diagnostic) => reported.push(diagnostic));
  if (document === undefined) return { reported };
  const paths = pathsIn(document.value, []);
  return { reported, value: document.value, places: paths.map((path) => placesAt(document, path)) };
}

function placesAt(document: YamlDocument, path: YamlPath) {
  const [span, key] = [document.spanAt(path), document.keySpanAt(path)];
  return { path, value: [span.start, span.end], key: [key.start, key.end] };
}

/** Every path into a value, and one that leads out of it. */
function pathsIn(value: unknown, path: YamlPath): YamlPath[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, item]) =>
    pathsIn(item, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return [path, [...path, 'missing'], ...inner];
}

function yamlBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yml'))
    .map((path) => join(folder, path));
}
