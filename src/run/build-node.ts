import { bindCompiled } from '../compile/bound-sql.ts';
import type { CompiledNode } from '../compile/compiled-node.ts';
import { statementDiagnostic } from '../compile/statement-diagnostic.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { ModelNode, SeedNode } from '../manifest/node.ts';
import { isBoundLate } from '../manifest/storage-config.ts';
import { materializationOf } from '../materialize/registry.ts';
import { seedStatements } from '../seed/seed-statements.ts';
import type { StaticSeed } from '../seed/static-seed.ts';
import { buildVersion } from '../store/build-version.ts';
import { type Claim, claimVersion } from '../store/claim.ts';
import type { RunIdentity } from '../store/run-record.ts';
import type { Version } from '../store/version.ts';
import { type Session, WarehouseError } from '../warehouse/warehouse.ts';
import { declaredColumns, pinTypes } from './pin-types.ts';
import type { BuildStep } from './plan.ts';

/** What building a node needs beside its step. */
export interface BuildContext {
  readonly session: Session;
  readonly dialect: Dialect;
  /** The store's schema of the environment that is built. */
  readonly store: string;
  readonly run: RunIdentity;
  readonly live: boolean;
  /** Once it is aborted no further statement is sent: an engine cancels only what it has begun. */
  readonly signal: AbortSignal;
  /** The relation of something that the node reads: a version, or a landed table. */
  readonly relationOf: (uniqueId: string) => Relation;
  /** Whether a relation is a version of a store; landed tables are not. */
  readonly isVersion: (uniqueId: string) => boolean;
  /** Throws where the sources behind the node are no longer those of its key. */
  readonly check: () => Promise<void>;
  /** The rows of a static seed, read and checked before the run. */
  readonly seedRows: (uniqueId: string) => StaticSeed;
  /** Shown what is sent for the node, for `target/run/`. */
  readonly sent: (uniqueId: string, statements: readonly string[]) => void;
}

export interface BuiltNode {
  readonly version: Version;
  /** Rows of a table that was built now; undefined for views and where the engine does not tell. */
  readonly rows: number | undefined;
  /** Another run built it while this one was about to. */
  readonly reused: boolean;
}

/** Builds a node's version, or takes the one that another run has just built. */
export async function buildNode(step: BuildStep, context: BuildContext): Promise<BuiltNode> {
  const { session, dialect, store, run, signal } = context;
  const { uniqueId, name } = step.node;
  const request = { store, key: step.key, node: uniqueId, name, run, rebuild: step.anew, signal };
  const claimed = await claimVersion(session, dialect, request);
  if (claimed.kind === 'built') return { version: claimed.version, rows: undefined, reused: true };
  return step.node.resourceType === 'seed'
    ? loadSeed(step.node, claimed.claim, context)
    : createModel(step.node, compiledOf(step), claimed.claim, context);
}

async function createModel(
  node: ModelNode,
  compiled: CompiledNode<ModelNode>,
  claim: Claim,
  context: BuildContext,
): Promise<BuiltNode> {
  const { session, dialect, relationOf, signal } = context;
  const materialization = materializationOf(node.config.materialized);
  if (materialization === undefined) throw new Error(`This is a bug: "${node.uniqueId}" has no version.`);
  const bound = bindCompiled(compiled, (id) => dialect.relation(relationOf(id)));
  const { config } = node;
  const columns = declaredColumns(node);
  const statementsOf = (version: Relation, select: string) =>
    materialization.create({ dialect, version, select, config, columns });
  const statements = statementsOf(claim.relation, bound.sql);
  const created = statements.map(({ sql }) => sql);
  context.sent(node.uniqueId, created);
  const content = {
    kind: materialization.relationKind,
    dependencies: compiled.reads.filter(context.isVersion).map(relationOf),
    live: context.live,
    lateBinding: isBoundLate(node.config, dialect),
  };
  let rows: number | undefined;
  const create = async () => {
    for (const { sql, selectAt } of statements) {
      signal.throwIfAborted();
      const changed = await session.execute(sql).catch((error: unknown) => {
        throw selectAt === undefined
          ? error
          : atTemplate(error, (failure) => statementDiagnostic(failure, compiled, bound, selectAt));
      });
      if (materialization.relationKind === 'table') rows = changed;
    }
    const pinned = await pinTypes(session, dialect, {
      ...{ node, relation: claim.relation, kind: materialization.relationKind, select: bound.sql },
      declared: columns,
      create: (relation, select) => statementsOf(relation, select).map(({ sql }) => sql),
    });
    context.sent(node.uniqueId, [...created, ...pinned]);
  };
  const version = await buildVersion(session, dialect, claim, content, create, context.check);
  return { version, rows, reused: false };
}

async function loadSeed(node: SeedNode, claim: Claim, context: BuildContext): Promise<BuiltNode> {
  const { session, dialect, signal } = context;
  const seed = context.seedRows(node.uniqueId);
  const statements = seedStatements(dialect, claim.relation, seed, node.config.storage);
  context.sent(node.uniqueId, statements);
  const content = { kind: 'table' as const, dependencies: [], live: false };
  const version = await buildVersion(session, dialect, claim, content, async () => {
    for (const statement of statements) {
      signal.throwIfAborted();
      await session.execute(statement);
    }
  });
  return { version, rows: seed.rows.length, reused: false };
}

/** An error of a statement as one of the template's; transient and connection errors stay what they are. */
function atTemplate(
  error: unknown,
  diagnose: (error: WarehouseError) => ReturnType<typeof statementDiagnostic>,
): unknown {
  if (!(error instanceof WarehouseError) || error.kind !== 'statement') return error;
  return new DiagnosticError([diagnose(error)]);
}

function compiledOf({ node, compiled }: BuildStep): CompiledNode<ModelNode> {
  if (compiled === undefined) throw new Error(`This is a bug: "${node.uniqueId}" was not compiled.`);
  return compiled;
}
