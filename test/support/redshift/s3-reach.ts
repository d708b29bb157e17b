/** The S3 server that COPY fetches from, and who may. */
export interface S3Reach {
  readonly endpoint: string;
  /** Of the cluster. */
  readonly region: string;
  /** Keys of the roles that the cluster may take on, by ARN; `default` is the one that it takes without being told. */
  readonly roles: Readonly<
    Record<string, { readonly accessKeyId: string; readonly secretAccessKey: string }>
  >;
  /** Regions of buckets that are not in the cluster's. */
  readonly bucketRegions?: Readonly<Record<string, string>>;
}
