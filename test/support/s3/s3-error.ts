/** An answer of S3 that is an error: HTTP status and S3's own code. */
export class S3Error extends Error {
  readonly status: number;
  readonly code: string;
  /** Further elements of the XML document: `Region`, `BucketName`. */
  readonly details: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, details: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}
