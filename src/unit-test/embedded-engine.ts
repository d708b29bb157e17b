import type { Dialect } from '../dialect/dialect.ts';
import { type QueryResult, type Session, WarehouseError } from '../warehouse/warehouse.ts';

/** A session of the embedded engine, and its dialect. */
export interface EmbeddedEngine {
  readonly session: Session;
  readonly dialect: Dialect;
}

/** The answer to a query; what the engine says against the statement goes to `refuse`, and the answer is undefined. */
export async function answerOrRefusal(
  session: Session,
  query: string,
  refuse: (error: WarehouseError) => void,
): Promise<QueryResult | undefined> {
  try {
    return await session.query(query);
  } catch (error) {
    if (!(error instanceof WarehouseError) || error.kind !== 'statement') throw error;
    refuse(error);
    return undefined;
  }
}
