import { type BoundSql, bindCompiled } from '../compile/bound-sql.ts';
import type { CompiledNode } from '../compile/compiled-node.ts';
import { verdict } from '../data-test/verdict.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { ModelNode } from '../manifest/node.ts';
import { countFailures, failureCount } from '../run/count-failures.ts';
import type { PreparedUnitTest } from '../unit-test/prepare-unit-tests.ts';
import { runUnitTest } from '../unit-test/run-unit-test.ts';
import { type Session, type Warehouse, WarehouseError } from '../warehouse/warehouse.ts';
import type { DownstreamTest } from './mutation-subject.ts';

/** Tables that one session makes for itself, see `Dialect.temporaryTables`. */
export type TemporaryTables = NonNullable<Dialect['temporaryTables']>;

/** What benches work with. */
export interface BenchTools {
  /** The target's, where everything that tests read is published. */
  readonly warehouse: Warehouse;
  readonly temporaryTables: TemporaryTables;
  /** What is published of a node, or landed. */
  readonly relationOf: (uniqueId: string) => Relation;
  /** An embedded engine of its own, for unit tests. */
  readonly embedded: Warehouse;
}

/** The longest time that a timer takes. */
const LONGEST = 2 ** 31 - 1;

/** A bench runs the tests of one model on other SQL than its own, in tables that nobody else sees. */
export class MutantBench {
  /** What takes longer is given up, and counts as noticed. In milliseconds. */
  patience = LONGEST;
  readonly #tools: BenchTools;
  readonly #model: CompiledNode<ModelNode>;
  readonly #session: Session;
  readonly #unitSession: Session;
  readonly #made = new Map<string, Relation>();

  private constructor(
    tools: BenchTools,
    model: CompiledNode<ModelNode>,
    sessions: readonly [Session, Session],
  ) {
    this.#tools = tools;
    this.#model = model;
    [this.#session, this.#unitSession] = sessions;
  }

  static async open(tools: BenchTools, model: CompiledNode<ModelNode>): Promise<MutantBench> {
    return new MutantBench(tools, model, [await tools.warehouse.open(), await tools.embedded.open()]);
  }

  async cancel(): Promise<void> {
    await Promise.allSettled([this.#session.cancel(), this.#unitSession.cancel()]);
  }

  async close(): Promise<void> {
    await Promise.allSettled([this.#session.close(), this.#unitSession.close()]);
  }

  /** Whether the engine would run the SQL at all. */
  async accepts(sql: string): Promise<boolean> {
    try {
      await this.#session.query(`explain\n${this.#bound(sql)}`);
      return true;
    } catch (error) {
      if (error instanceof WarehouseError && error.kind === 'statement') return false;
      throw error;
    }
  }

  /** Makes the SQL's rows stand for the model's; false where it fails on them, or takes too long. */
  async make(sql: string): Promise<boolean> {
    return this.#noticing(() => this.#materialize(this.#model.node, this.#bound(sql))).then(
      (noticed) => !noticed,
    );
  }

  /** Whether the rows that were made are those that are published of the model. */
  async madeSameRows(): Promise<boolean> {
    const { warehouse, relationOf } = this.#tools;
    const { dialect } = warehouse;
    const made = dialect.relation(this.#relation(this.#model.node.uniqueId));
    const published = dialect.relation(relationOf(this.#model.node.uniqueId));
    const without = (one: string, other: string) =>
      `select count(*) as rows from (select * from ${one} except all select * from ${other}) as rest`;
    for (const sql of [without(made, published), without(published, made)]) {
      const { rows } = await this.#session.query(sql);
      if (Number(rows[0]?.['rows']) > 0) return false;
    }
    return true;
  }

  /** Whether a data test fails on the rows that were made, and on what is made of them in turn. */
  async dataTestFails({ compiled, between }: DownstreamTest): Promise<boolean> {
    return this.#noticing(async () => {
      for (const model of between) {
        if (!this.#made.has(model.node.uniqueId))
          await this.#materialize(model.node, this.#boundOf(model).sql);
      }
      const { node } = compiled;
      const bound = this.#boundOf(compiled);
      const count = failureCount(node, bound.sql, this.#tools.warehouse.dialect);
      return verdict(node.config, await countFailures(compiled, bound, count, this.#session)) !== 'pass';
    });
  }

  /** Whether a unit test fails. */
  async unitTestFails(test: PreparedUnitTest): Promise<boolean> {
    const { dialect } = this.#tools.embedded;
    return this.#noticing(async () => (await runUnitTest(test, this.#unitSession, dialect)) !== undefined);
  }

  /** Drops what was made. */
  async clear(): Promise<void> {
    const { dialect } = this.#tools.warehouse;
    for (const relation of this.#made.values()) await this.#session.execute(dialect.dropTable(relation));
    this.#made.clear();
  }

  async #materialize({ uniqueId, name }: ModelNode, sql: string): Promise<false> {
    const { temporaryTables } = this.#tools;
    const relation = temporaryTables.relation(name);
    await this.#session.execute(temporaryTables.create(relation, sql));
    this.#made.set(uniqueId, relation);
    return false;
  }

  /** Work whose SQL fails on the rows, or that takes too long, has noticed something too. */
  async #noticing(work: () => Promise<boolean>): Promise<boolean> {
    let givenUp: Promise<void> | undefined;
    const timer = setTimeout(() => {
      givenUp = this.cancel();
    }, this.patience);
    try {
      return await work();
    } catch (error) {
      if (error instanceof DiagnosticError) return true;
      const kind = error instanceof WarehouseError ? error.kind : undefined;
      if (kind === 'statement' || kind === 'disk-full' || (kind === 'cancelled' && givenUp !== undefined))
        return true;
      throw error;
    } finally {
      clearTimeout(timer);
      await givenUp;
    }
  }

  #bound(sql: string): string {
    return this.#boundOf({ ...this.#model, sql }).sql;
  }

  #boundOf(compiled: Parameters<typeof bindCompiled>[0]): BoundSql {
    return bindCompiled(compiled, (id) => this.#tools.warehouse.dialect.relation(this.#relation(id)));
  }

  #relation(uniqueId: string): Relation {
    return this.#made.get(uniqueId) ?? this.#tools.relationOf(uniqueId);
  }
}
