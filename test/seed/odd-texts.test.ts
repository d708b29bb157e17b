import { describe, expect, it } from 'vitest';
import { type Model, type ModelPlace, modelProject } from '../support/model.ts';
import { describePostgres } from '../support/postgres/database.ts';
import { onDatabase } from '../support/postgres/model-place.ts';

/** Texts that mean something to one CSV reader or another, alone on their line. */
const TEXTS = [
  ...['\\.', '\\N', '\\', '\\\\.', '"', '""', ',', ' ', ' a ', 'a\\.', "'", ';', '#', '-- a', 'null', 'NULL'],
  ...[
    'a\n\\.\nb',
    '\\.\n',
    '\n\\.',
    'a\r\nb',
    '\r',
    '\t',
    'ü',
    '😀',
    '\ufeff',
    '\ufeffa',
    '\ufeff\ufeff"a"',
    'a\ufeff',

    '@NULL',
    'NaN',
    '0x1',
    '1e5',
  ],
];

const FILES = {
  'seeds/texts.ts': `import { defineSeed } from 'modelwright';
export default defineSeed({ columns: { text: 'varchar' }, rows: () => ${JSON.stringify(TEXTS)}.map((text) => [text]) });
`,
  'models/sources.yml': 'sources: [{ name: raw, tables: [{ name: texts }] }]\n',
};

describe('Odd texts in a table of one column', () => {
  it('come into DuckDB as they are', () => comeAsTheyAre());
});

describePostgres('Odd texts in a table of one column', (database) => {
  it('come into PostgreSQL as they are', () => comeAsTheyAre(onDatabase(database)));
});

async function comeAsTheyAre(place?: ModelPlace): Promise<void> {
  const model = modelProject(FILES, place);
  expect((await model.build()).summary.outcome).toBe('success');
  expect(await textsIn(model)).toEqual(TEXTS.toSorted());
}

async function textsIn(model: Model): Promise<readonly unknown[]> {
  return (await model.sql('select text from analytics__raw.texts')).map(({ text }) => text).sort();
}
