import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { formatPlace } from '../../src/diagnostic/span.ts';
import { buildDag, type Dag } from '../../src/manifest/dag.ts';
import type { Node } from '../../src/manifest/node.ts';
import { generatedSeed, genericTest, manifestOf, model, singularTest, source } from '../support/manifest.ts';
import { layeredProject } from '../support/random-dag.ts';

function dagOf(nodes: readonly Node[]): Dag {
  const { dag, found } = tryDag(nodes);
  if (dag === undefined) throw new Error(found.map((diagnostic) => diagnostic.message).join('\n'));
  return dag;
}

function tryDag(nodes: readonly Node[]) {
  const found: Diagnostic[] = [];
  return { dag: buildDag(manifestOf(nodes), (diagnostic) => found.push(diagnostic)), found };
}

describe('buildDag', () => {
  test('a node stands behind everything that it reads, ties in the order of unique ids', () => {
    const dag = dagOf([
      genericTest('unique', ['daily']),
      model('daily', ['stg_events', 'raw.users']),
      model('stg_events', ['raw.events']),
      source('raw.users'),
      source('raw.events'),
    ]);
    expect(dag.order).toEqual([
      'source.shop.raw.events',
      'source.shop.raw.users',
      'model.shop.stg_events',
      'model.shop.daily',
      'test.shop.unique_daily_id.0123456789',
    ]);
    expect(dag.parents('model.shop.daily')).toEqual(['model.shop.stg_events', 'source.shop.raw.users']);
    expect(dag.children('model.shop.daily')).toEqual(['test.shop.unique_daily_id.0123456789']);
  });

  test('a generated seed is the parent of the landed source of its name, not of a foreign one', () => {
    const dag = dagOf([
      generatedSeed('events'),
      generatedSeed('users'),
      source('raw.events'),
      source('crm.users', { landed: false }),
    ]);
    expect(dag.parents('source.shop.raw.events')).toEqual(['generated_seed.shop.events']);
    expect(dag.parents('source.shop.crm.users')).toEqual([]);
  });

  test('ancestors and descendants can be limited in depth', () => {
    const dag = dagOf([model('a'), model('b', ['a']), model('c', ['b']), model('d', ['c', 'a'])]);
    expect([...dag.ancestors('model.shop.d', 1)].sort()).toEqual(['model.shop.a', 'model.shop.c']);
    expect([...dag.ancestors('model.shop.d')].sort()).toEqual([
      'model.shop.a',
      'model.shop.b',
      'model.shop.c',
    ]);
    expect([...dag.descendants('model.shop.a', 0)]).toEqual([]);
    expect([...dag.descendants('model.shop.b', 1)]).toEqual(['model.shop.c']);
  });

  test('a cycle is reported with its whole path and the place of every ref', () => {
    const { dag, found } = tryDag([model('a', ['b']), model('b', ['x', 'c']), model('c', ['a']), model('x')]);
    expect(dag).toBeUndefined();
    expect(found.map((diagnostic) => diagnostic.message)).toEqual(['Models form a cycle: a → b → c → a']);
    const [cycle] = found;
    expect(cycle?.code).toBe('GRA-001');
    expect(cycle?.related?.map(({ message, span }) => `${formatPlace(span)} ${message}`)).toEqual([
      'models/a.sql:1:10 "a" refers to "b"',
      'models/b.sql:2:10 "b" refers to "c"',
      'models/c.sql:1:10 "c" refers to "a"',
    ]);
  });

  test('a model that refers to itself is a cycle', () => {
    const { found } = tryDag([model('a', ['a'])]);
    expect(found.map((diagnostic) => diagnostic.message)).toEqual(['Model refers to itself: a → a']);
  });

  test('all cycles without a common node are reported at once, and nodes that only touch one are not named', () => {
    const { found } = tryDag([
      model('upstream'),
      model('a', ['b', 'upstream']),
      model('b', ['a']),
      model('between', ['a']),
      model('c', ['d', 'between']),
      model('d', ['e']),
      model('e', ['c']),
      model('downstream', ['e']),
      singularTest('looks_at_all', ['a', 'c']),
    ]);
    expect(found.map((diagnostic) => diagnostic.message)).toEqual([
      'Models form a cycle: a → b → a',
      'Models form a cycle: c → d → e → c',
    ]);
  });

  test('a chain and a cycle of ten thousand models are walked without recursion, in a second', () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `m${String(index).padStart(5, '0')}`);
    const chain = names.map((name, index) => model(name, index === 0 ? [] : [names[index - 1] ?? '']));
    const started = performance.now();
    const dag = dagOf(chain);
    expect(dag.ancestors('model.shop.m09999').size).toBe(9_999);
    const { found } = tryDag([model('m00000', ['m09999']), ...chain.slice(1)]);
    expect(found).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('every order is topological', () => {
    fc.assert(
      fc.property(layeredProject, (nodes) => {
        const dag = dagOf(nodes);
        const position = new Map(dag.order.map((uniqueId, index) => [uniqueId, index]));
        expect(dag.order).toHaveLength(nodes.length);
        for (const uniqueId of dag.order) {
          for (const parent of dag.parents(uniqueId)) {
            expect(position.get(parent)).toBeLessThan(position.get(uniqueId) ?? -1);
          }
        }
      }),
    );
  });

  test('the order does not depend on the order of the files', () => {
    fc.assert(
      fc.property(
        layeredProject.chain((nodes) =>
          fc.tuple(
            fc.constant(nodes),
            fc.shuffledSubarray([...nodes], { minLength: nodes.length, maxLength: nodes.length }),
          ),
        ),
        ([nodes, shuffled]) => {
          expect(dagOf(shuffled).order).toEqual(dagOf(nodes).order);
        },
      ),
    );
  });

  test('any closed ring of references is found, whatever hangs around it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 5 }), (size, extra) => {
        const ring = Array.from({ length: size }, (_, index) =>
          model(`r${index}`, [`r${(index + 1) % size}`]),
        );
        const around = Array.from({ length: extra }, (_, index) => model(`x${index}`, [`r${index % size}`]));
        const { found } = tryDag([...ring, ...around]);
        const path = [...ring.map((node) => node.name), 'r0'].join(' → ');
        expect(found.map((diagnostic) => diagnostic.message.replace(/^.*: /, ''))).toEqual([path]);
      }),
    );
  });
});
