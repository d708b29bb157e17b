import type { CompiledNode } from '../../compile/compiled-node.ts';
import { statementDiagnostic } from '../../compile/statement-diagnostic.ts';
import { unfitCandidates } from '../../diagnostic/catalogue/unit-test-create.ts';
import { DiagnosticError } from '../../diagnostic/diagnostic.ts';
import type { Dialect } from '../../dialect/dialect.ts';
import type { ModelNode } from '../../manifest/node.ts';
import { type QueryResult, type Session, WarehouseError } from '../../warehouse/warehouse.ts';
import type { InferredColumn } from '../inferred-column.ts';
import { typedRows } from '../typed-rows.ts';
import { unitTestStatement } from '../unit-test-statement.ts';
import type { WrittenRows } from '../written-rows.ts';

/** Rows that an input may be given. */
export interface Candidates {
  /** How the unit test names the input: `ref('stg_events')`. */
  readonly input: string;
  /** All columns of the relation. */
  readonly columns: readonly InferredColumn[];
  /** Whether the columns are known without the rows; else they are those that rows name. */
  readonly inferred: boolean;
  readonly written: WrittenRows;
}

/** One of the candidates: the unique id of its input, and its place among the rows of that. */
export interface Choice {
  readonly uniqueId: string;
  readonly row: number;
}

/** A column of an input that is given; all others are NULL. */
export interface GivenColumn {
  readonly uniqueId: string;
  readonly column: string;
}

const SCHEMA = 'candidates';
const ROW = '__row';

/** A candidate bench makes the rows of a model from some of the candidates, on the embedded engine. */
export class CandidateBench {
  readonly #session: Session;
  readonly #dialect: Dialect;
  readonly #query: CompiledNode<ModelNode>;
  readonly #candidates: ReadonlyMap<string, Candidates>;

  private constructor(
    { session, dialect }: { readonly session: Session; readonly dialect: Dialect },
    query: CompiledNode<ModelNode>,
    candidates: ReadonlyMap<string, Candidates>,
  ) {
    this.#session = session;
    this.#dialect = dialect;
    this.#query = query;
    this.#candidates = candidates;
  }

  /** Puts the candidates into tables. Throws a `DiagnosticError` where they do not fit the types of their columns. */
  static async open(
    engine: { readonly session: Session; readonly dialect: Dialect },
    query: CompiledNode<ModelNode>,
    candidates: ReadonlyMap<string, Candidates>,
  ): Promise<CandidateBench> {
    const { session, dialect } = engine;
    await session.execute(dialect.createSchema(SCHEMA));
    for (const [uniqueId, { input, columns, written }] of candidates) {
      const rows = typedRows([...columns, { name: ROW, type: 'INTEGER' }], numbered(written), dialect);
      await session.execute(dialect.createTableAs(tableOf(uniqueId), rows, {})).catch((error: unknown) => {
        if (!(error instanceof WarehouseError) || error.kind !== 'statement') throw error;
        throw new DiagnosticError([unfitCandidates({ input, reason: error.message })]);
      });
    }
    return new CandidateBench(engine, query, candidates);
  }

  /** The rows that the model makes of the choices. Throws a `DiagnosticError` where its SQL fails on them. */
  async make(choices: readonly Choice[], columns?: readonly GivenColumn[]): Promise<QueryResult> {
    const given = new Map(
      this.#query.reads.map((uniqueId) => [uniqueId, this.#givenRows(uniqueId, choices, columns)]),
    );
    const { sql, bound, prefixLength } = unitTestStatement(this.#query, given, this.#dialect);
    return this.#session.query(sql).catch((error: unknown) => {
      if (!(error instanceof WarehouseError) || error.kind !== 'statement') throw error;
      throw new DiagnosticError([statementDiagnostic(error, this.#query, bound, prefixLength)]);
    });
  }

  #givenRows(
    uniqueId: string,
    choices: readonly Choice[],
    given: readonly GivenColumn[] | undefined,
  ): string {
    const rows = choices.filter((choice) => choice.uniqueId === uniqueId).map(({ row }) => row);
    const isGiven = ({ name }: InferredColumn) =>
      given?.some((other) => other.uniqueId === uniqueId && other.column === name) ?? true;
    const lines = (this.#candidates.get(uniqueId)?.columns ?? []).map((column) => {
      const name = this.#dialect.quote(column.name);
      return isGiven(column) ? name : `cast(null as ${column.type}) as ${name}`;
    });
    const condition = rows.length === 0 ? 'false' : `${ROW} in (${rows.join(', ')})`;
    return `select ${lines.join(', ')}\nfrom ${this.#dialect.relation(tableOf(uniqueId))}\nwhere ${condition}`;
  }
}

function numbered(written: WrittenRows): WrittenRows {
  return {
    ...written,
    columns: [...written.columns, ROW],
    rows: written.rows.map((row, index) => [...row, String(index)]),
  };
}

function tableOf(uniqueId: string) {
  return { schema: SCHEMA, name: uniqueId };
}
