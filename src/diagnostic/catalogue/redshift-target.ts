import type { Diagnostic } from '../diagnostic.ts';
import type { Span } from '../span.ts';

export function landingNotInS3(at: { landing: string; span: Span }): Diagnostic {
  return {
    code: 'PRJ-021',
    severity: 'error',
    message: `Redshift cannot load from "${at.landing}": it fetches its files from S3.`,
    span: at.span,
    hint: 'Write landing: s3://bucket/prefix. A target whose data come by another way needs no landing.',
  };
}

export function nobodyLogsIn(at: { span: Span }): Diagnostic {
  return {
    code: 'PRJ-022',
    severity: 'error',
    message: 'The target does not say who logs in.',
    span: at.span,
    hint: 'Give it "user" and "password", or "iam" for temporary credentials.',
  };
}

export function loginTwice(at: { key: string; span: Span }): Diagnostic {
  return {
    code: 'PRJ-023',
    severity: 'error',
    message: `"${at.key}" stands beside "iam", which says by itself who logs in.`,
    span: at.span,
    hint: `Take out one of the two. A cluster's database user goes into "iam" as db_user.`,
  };
}

export function clusterOrWorkgroup(at: { span: Span }): Diagnostic {
  return {
    code: 'PRJ-024',
    severity: 'error',
    message: '"iam" needs either cluster_identifier or workgroup_name.',
    span: at.span,
    hint: 'A provisioned cluster has an identifier, a serverless workgroup a name.',
  };
}

export function notOfWorkgroups(at: { key: string; span: Span }): Diagnostic {
  return {
    code: 'PRJ-025',
    severity: 'error',
    message: `A serverless workgroup takes no "${at.key}".`,
    span: at.span,
    hint: 'The database user of a workgroup is the IAM identity itself; grant to that.',
  };
}

export function withoutDbUser(at: { key: string; span: Span }): Diagnostic {
  return {
    code: 'PRJ-026',
    severity: 'error',
    message: `"${at.key}" needs "db_user".`,
    span: at.span,
    hint: 'Without db_user the database user is the one that belongs to the IAM identity.',
  };
}

export function networkWithoutTls(at: { host: string; span: Span }): Diagnostic {
  return {
    code: 'PRJ-027',
    severity: 'error',
    message: `Without TLS anybody between here and ${at.host} can read the password and the data.`,
    span: at.span,
    hint: 'Take sslmode out: verify-full is the default.',
  };
}

export function credentialsWithoutTls(at: { span: Span }): Diagnostic {
  return {
    code: 'PRJ-028',
    severity: 'error',
    message: 'Redshift takes temporary credentials over TLS only.',
    span: at.span,
    hint: 'Take sslmode out: verify-full is the default.',
  };
}
