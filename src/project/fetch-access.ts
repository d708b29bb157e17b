import type { Target } from './project.ts';

/** How a warehouse that fetches files for itself reads the landing zone. */
export interface FetchAccess {
  /** The role that it takes on: an ARN, a chain of them, or `default`. */
  readonly iamRole: string;
}

/** What a target says of it. */
export function fetchAccess({ settings }: Target): FetchAccess {
  const { iam_role: role } = settings;
  return { iamRole: typeof role === 'string' ? role : 'default' };
}
