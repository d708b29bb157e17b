import { bindCompiled } from '../compile/bound-sql.ts';
import { statementDiagnostic } from '../compile/statement-diagnostic.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { type Column, parseColumnType } from '../dialect/column-type.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { ColumnProperties, ModelNode, Node } from '../manifest/node.ts';
import { readStaticSeed } from '../seed/static-seed.ts';
import { type Session, WarehouseError } from '../warehouse/warehouse.ts';
import { type DeclaredColumn, declaredColumns } from './declared-columns.ts';
import type { InferredColumn } from './inferred-column.ts';
import type { ModelCompiler } from './model-compiler.ts';

/** What inference found out, by unique id. */
export interface InferredColumns {
  /** The columns of each relation in order. */
  readonly columns: ReadonlyMap<string, readonly InferredColumn[]>;
  /** Relations whose columns cannot be known, and why, where there is more to say than that nobody declares them. */
  readonly unknown: ReadonlyMap<string, Diagnostic | undefined>;
  /** What the unknown ones declare of their columns all the same. */
  readonly declared: ReadonlyMap<string, readonly DeclaredColumn[]>;
}

/** What columns are inferred from. */
export interface InferenceInput {
  readonly manifest: Manifest;
  /** A session on an embedded engine of its own, which gets a table without rows for each relation. */
  readonly session: Session;
  readonly dialect: Dialect;
  readonly compiler: ModelCompiler;
  /** `partly`: relations may have more columns than are declared, so what hands all of these on has columns that nobody knows. */
  readonly declared?: 'wholly' | 'partly';
  /** Where inference goes on in a session that it has been in before; else it begins anew. */
  readonly kept?: KeptShapes;
}

/** What a session has from earlier inferences, so that only what changed is inferred again. */
export interface KeptShapes {
  /** The keys under which relations were inferred, by unique id; inference keeps them up to date. */
  readonly keys: Map<string, string>;
  /** A key of all that a relation's columns are inferred from. */
  readonly keyOf: (uniqueId: string) => string;
}

/**
 * Infers the columns of relations (unique ids) without a warehouse: declared types of sources, the types of static seeds,
 * and for models their SQL, described over tables without rows, upstream first. Only what the wanted relations stand on is
 * looked at. A model that the engine refuses has the columns it declares, if it declares all their types, else it is unknown.
 */
export async function inferColumns(
  input: InferenceInput,
  wanted: Iterable<string>,
): Promise<InferredColumns> {
  const { session, dialect } = input;
  await session.execute(dialect.createSchema(SHAPES));
  const inference = new Inference(input);
  for (const uniqueId of wanted) await inference.shape(uniqueId);
  const shapes = [...(await readShapes(session, dialect))];
  const columns = new Map(shapes.filter(([, found]) => !found.some(({ name }) => name.includes(MORE))));
  const open = shapes.flatMap(([uniqueId]) =>
    columns.has(uniqueId) ? [] : [[uniqueId, undefined] as const],
  );
  const unknown = new Map([...inference.unknown, ...open]);
  const declared = [...unknown.keys()].map((uniqueId) => {
    const node = input.manifest.nodes.get(uniqueId);
    return [uniqueId, declaredColumns(node, dialect)] as const;
  });
  return { columns, unknown, declared: new Map(declared) };
}

/** The schema of the tables without rows, each named by the unique id that it stands for. */
const SHAPES = 'shapes';

/** The column that stands for those which are not declared; its name ends with the relation's id. */
const MORE = 'undeclared columns of ';

async function readShapes(session: Session, dialect: Dialect): Promise<InferredColumns['columns']> {
  const { rows } = await session.query(dialect.catalogQuery([SHAPES]));
  const columns = new Map<string, InferredColumn[]>();
  for (const row of rows) {
    const column = { name: String(row['column_name']), type: String(row['data_type']) };
    const uniqueId = String(row['table_name']);
    const others = columns.get(uniqueId);
    if (others === undefined) columns.set(uniqueId, [column]);
    else others.push(column);
  }
  return columns;
}

class Inference {
  readonly unknown = new Map<string, Diagnostic | undefined>();
  readonly #input: InferenceInput;
  readonly #shaped = new Map<string, boolean>();

  constructor(input: InferenceInput) {
    this.#input = input;
  }

  /** Makes the table without rows that stands for a relation; false where its columns cannot be known. */
  async shape(uniqueId: string): Promise<boolean> {
    const known = this.#shaped.get(uniqueId);
    if (known !== undefined) return known;
    const shaped = await this.#keepOrMake(uniqueId);
    this.#shaped.set(uniqueId, shaped);
    if (!shaped && !this.unknown.has(uniqueId)) this.unknown.set(uniqueId, undefined);
    return shaped;
  }

  async #keepOrMake(uniqueId: string): Promise<boolean> {
    const { manifest, kept, session, dialect } = this.#input;
    const node = manifest.nodes.get(uniqueId);
    if (kept === undefined) return this.#make(node);
    const key = kept.keyOf(uniqueId);
    const earlier = kept.keys.get(uniqueId);
    if (earlier === key) return true;
    if (earlier !== undefined) await session.execute(dialect.dropTable(shapeOf(uniqueId)));
    kept.keys.delete(uniqueId);
    const shaped = await this.#make(node);
    if (shaped) kept.keys.set(uniqueId, key);
    return shaped;
  }

  async #make(node: Node | undefined): Promise<boolean> {
    switch (node?.resourceType) {
      case 'model':
        return (await this.#describe(node)) || this.#declare(node.uniqueId, node.columns);
      case 'seed': {
        const seed = await readStaticSeed(node, () => undefined);
        return seed !== undefined && this.#create(node.uniqueId, seed.columns);
      }
      case 'source':
        return this.#declare(node.uniqueId, node.columns);
      default:
        return false;
    }
  }

  async #describe(node: ModelNode): Promise<boolean> {
    const { session, dialect, compiler } = this.#input;
    const compiled = compiler(node);
    if (compiled === undefined) return false;
    for (const read of compiled.reads) if (!(await this.shape(read))) return false;
    const bound = bindCompiled(compiled, (read) => dialect.relation(shapeOf(read)));
    const select = `${bound.sql}\nwith no data`;
    const statement = dialect.createTableAs(shapeOf(node.uniqueId), select, {});
    try {
      await session.execute(statement);
      return true;
    } catch (error) {
      if (!(error instanceof WarehouseError) || error.kind !== 'statement') throw error;
      this.unknown.set(
        node.uniqueId,
        statementDiagnostic(error, compiled, bound, statement.length - select.length),
      );
      return false;
    }
  }

  /** Only whole declarations count: what is not declared would be missing, or have a type that nobody chose. */
  async #declare(uniqueId: string, declared: readonly ColumnProperties[]): Promise<boolean> {
    const columns = declared.flatMap(({ name, dataType }) => {
      const type = parseColumnType(dataType ?? '');
      return type === undefined ? [] : [{ name, type }];
    });
    if (columns.length === 0 || columns.length < declared.length) return false;
    const more: Column = { name: MORE + uniqueId, type: { kind: 'boolean' } };
    return this.#create(uniqueId, this.#input.declared === 'partly' ? [...columns, more] : columns);
  }

  async #create(uniqueId: string, columns: readonly Column[]): Promise<boolean> {
    const { session, dialect } = this.#input;
    await session.execute(dialect.createTable(shapeOf(uniqueId), columns));
    this.unknown.delete(uniqueId);
    return true;
  }
}

function shapeOf(uniqueId: string): Relation {
  return { schema: SHAPES, name: uniqueId };
}
