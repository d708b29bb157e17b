import * as catalogue from '../diagnostic/catalogue/redshift-target.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
import { isLocalHost } from './local-host.ts';
import type { IamSettings, RedshiftSettings } from './redshift-settings.ts';

/** A Redshift target whose settings are each well-formed. */
export interface RedshiftTarget {
  readonly settings: RedshiftSettings;
  /** As the target writes it. */
  readonly landing: string | undefined;
  /** The place of one of the target's keys. */
  readonly spanOf: (key: string) => Span;
}

/** What is wrong with a target's settings beside each other. */
export function redshiftTargetProblems(target: RedshiftTarget): readonly Diagnostic[] {
  return [...landingProblems(target), ...loginProblems(target), ...tlsProblems(target)];
}

function landingProblems({ landing, spanOf }: RedshiftTarget): readonly Diagnostic[] {
  if (landing === undefined || landing.startsWith('s3://')) return [];
  return [catalogue.landingNotInS3({ landing, span: spanOf('landing') })];
}

function loginProblems({ settings, spanOf }: RedshiftTarget): readonly Diagnostic[] {
  const { iam, user } = settings;
  if (iam === undefined) return user === undefined ? [catalogue.nobodyLogsIn({ span: spanOf('host') })] : [];
  const idle = (['user', 'password'] as const).filter((key) => settings[key] !== undefined);
  return [
    ...idle.map((key) => catalogue.loginTwice({ key, span: spanOf(key) })),
    ...iamProblems(iam, spanOf('iam')),
  ];
}

function iamProblems(iam: IamSettings, span: Span): readonly Diagnostic[] {
  const { cluster_identifier: cluster, workgroup_name: workgroup, db_user: user } = iam;
  if ((cluster === undefined) === (workgroup === undefined)) return [catalogue.clusterOrWorkgroup({ span })];
  const given = (['db_user', 'auto_create', 'db_groups'] as const).filter((key) => iam[key] !== undefined);
  if (workgroup !== undefined) return given.map((key) => catalogue.notOfWorkgroups({ key, span }));
  return user === undefined ? given.map((key) => catalogue.withoutDbUser({ key, span })) : [];
}

function tlsProblems({ settings, spanOf }: RedshiftTarget): readonly Diagnostic[] {
  const { iam, sslmode, host } = settings;
  if (sslmode !== 'disable') return [];
  if (iam !== undefined) return [catalogue.credentialsWithoutTls({ span: spanOf('sslmode') })];
  return isLocalHost(host) ? [] : [catalogue.networkWithoutTls({ host, span: spanOf('sslmode') })];
}
