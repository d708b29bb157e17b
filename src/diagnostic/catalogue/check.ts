import type { Diagnostic } from '../diagnostic.ts';

/** The database compares texts by the rules of a language: a capital after its small letter, an accent beside its letter. */
export function textsByLanguage(): Diagnostic {
  return {
    code: 'WHS-030',
    severity: 'warning',
    message: 'The database orders texts by the rules of a language; other engines order them by their bytes.',
    hint: `Models that rank by a text or take the min of one may give other rows here. On PostgreSQL: create database … template template0 locale 'C.UTF-8'.`,
  };
}

/** `reason` is what the warehouse said to making a table and a view, or the schema itself. */
export function nothingBuiltIn(at: { schema: string; isMissing: boolean; reason: string }): Diagnostic {
  const { schema, isMissing, reason } = at;
  return {
    code: 'WHS-031',
    severity: 'error',
    message: isMissing
      ? `The schema "${schema}" is not there and cannot be made: ${reason}`
      : `Nothing can be made in the schema "${schema}": ${reason}`,
    hint: isMissing
      ? 'Let whoever builds make schemas: grant create on database … to … . Every environment has schemas of its own.'
      : `Let whoever builds work there: grant usage, create on schema ${schema} to … .`,
  };
}

/** A row that was written into the landing zone did not come through the warehouse's own way of loading. */
export function probeNotLoaded(at: { address: string; role: string; reason: string }): Diagnostic {
  return {
    code: 'WHS-032',
    severity: 'error',
    message: `The warehouse cannot load from ${at.address} with the role ${at.role}: ${at.reason}`,
    hint: 'The role must be attached to the cluster, and may s3:GetObject below the landing zone and s3:ListBucket on its bucket; with a KMS key, kms:Decrypt too. A bucket in another region needs `region`.',
  };
}

/** What was written into a landing zone is read with another content. */
export function changedProbe(at: { address: string; path: string }): Diagnostic {
  return {
    code: 'LND-030',
    severity: 'error',
    message: `The landing zone ${at.address} does not give back what was written as "${at.path}".`,
    hint: 'Something else writes there, or between here and there.',
  };
}
