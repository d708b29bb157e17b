import { ephemeralNode, nothingToShow, unpublishedNode } from '../diagnostic/catalogue/cli.ts';
import { type Diagnostic, stage, stopOnErrors } from '../diagnostic/diagnostic.ts';
import type { Relation } from '../dialect/relation.ts';
import { readProject } from '../index.ts';
import type { Dag } from '../manifest/dag.ts';
import type { ModelNode, SeedNode, SourceNode } from '../manifest/node.ts';
import { type Selection, select } from '../manifest/select.ts';
import { environmentOf } from '../store/environment.ts';
import { readStoreState } from '../store/store-state.ts';
import { openWarehouse } from '../warehouse/open.ts';
import type { Session, Warehouse } from '../warehouse/warehouse.ts';
import { type ExitCode, exitCodes } from './command.ts';
import type { Invocation } from './invocation.ts';
import { projectRequest } from './project-flags.ts';
import { type SelectFlags, selectionFlags } from './selection-flags.ts';
import type { WarehouseFlags } from './store-session.ts';
import { waitSeconds } from './wait-seconds.ts';

type ReadableNode = ModelNode | SeedNode | SourceNode;

/** The selected relations that people can read, with a session to read them on. */
export interface PublishedSelection {
  readonly root: string;
  readonly dag: Dag;
  readonly warehouse: Warehouse;
  readonly session: Session;
  readonly dialect: Warehouse['dialect'];
  readonly relations: readonly { readonly node: ReadableNode; readonly relation: Relation }[];
}

/**
 * Opens the warehouse on the selected published relations for a piece of work; one that is not published is a
 * diagnostic, and where a pattern selects nothing there is nothing to do.
 */
export async function publishedSelection(
  flags: WarehouseFlags & SelectFlags,
  invocation: Invocation,
  work: (selection: PublishedSelection) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { warn } = invocation;
  const dag = await readProject(await projectRequest(flags, invocation, warn), warn);
  const criteria = { ...selectionFlags(flags), resourceTypes: ['model', 'seed', 'source'] as const };
  const selection = await stage((report) => select(dag, criteria, report), warn);
  const nodes = [...selection.nodes].flatMap((id) => {
    const node = dag.manifest.nodes.get(id);
    return node !== undefined && isReadable(node) ? [node] : [];
  });
  if (selection.nodes.size === 0) return exitCodes.fine;
  if (nodes.length === 0) stopOnErrors(nothingToRead(dag, selection));
  const { project } = dag.manifest;
  const warehouse = await openWarehouse(project.target, {
    waitSeconds: waitSeconds(flags.wait),
    signal: invocation.signal,
  });
  try {
    const session = await warehouse.open();
    invocation.signal.addEventListener('abort', () => void session.cancel(), { once: true });
    const { dialect } = warehouse;
    const environment = environmentOf(project.target.schema, project.environment);
    const schemas = [...new Set(nodes.map((node) => node.relation.schema))];
    const request = { environment, base: undefined, schema: project.target.schema, schemas };
    const { catalog } = await readStoreState(session, dialect, request);
    stopOnErrors(
      nodes
        .filter((node) => catalog.find(node.relation) === undefined)
        .map((node) => unpublishedNode({ node })),
    );
    const relations = nodes.map((node) => ({ node, relation: node.relation }));
    return await work({ root: project.root, dag, warehouse, session, dialect, relations });
  } finally {
    await warehouse.close();
  }
}

/** Why a selection of nodes has no rows: its models are ephemeral, or it holds none. */
function nothingToRead({ manifest }: Dag, selection: Selection): readonly Diagnostic[] {
  const models = [...selection.nodes].flatMap((id) => {
    const node = manifest.nodes.get(id);
    return node?.resourceType === 'model' ? [node] : [];
  });
  return models.length === 0 ? [nothingToShow()] : models.map((node) => ephemeralNode({ node }));
}

function isReadable(node: { readonly resourceType: string }): node is ReadableNode {
  const ephemeral = 'config' in node && (node as ModelNode).config.materialized === 'ephemeral';
  return ['model', 'seed', 'source'].includes(node.resourceType) && !ephemeral;
}
