import type { IncomingMessage } from 'node:http';

/** A request as S3 understands it, path style: `/bucket/key?query`. */
export interface S3Request {
  readonly operation: string;
  readonly method: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
}

export function readOperation(request: IncomingMessage): S3Request {
  const [path = '', search = ''] = (request.url ?? '').split('?', 2);
  const [bucket = '', ...rest] = path.slice(1).split('/').map(decodeURIComponent);
  const key = rest.join('/');
  // In a query of S3 a plus sign is a plus sign.
  const query = new URLSearchParams(search.replaceAll('+', '%2B'));
  const method = request.method ?? '';
  return { operation: operationOf(method, key, query), method, bucket, key, query };
}

function operationOf(method: string, key: string, query: URLSearchParams): string {
  const isPart = query.has('uploadId');
  if (key === '') {
    switch (method) {
      case 'GET':
        if (query.has('uploads')) return 'ListMultipartUploads';
        return query.has('location') ? 'GetBucketLocation' : 'ListObjectsV2';
      case 'PUT':
        return 'CreateBucket';
      case 'HEAD':
        return 'HeadBucket';
      case 'POST':
        return query.has('delete') ? 'DeleteObjects' : 'Unknown';
      default:
        return 'Unknown';
    }
  }
  switch (method) {
    case 'GET':
      return isPart ? 'ListParts' : 'GetObject';
    case 'PUT':
      return isPart ? 'UploadPart' : 'PutObject';
    case 'HEAD':
      return 'HeadObject';
    case 'DELETE':
      return isPart ? 'AbortMultipartUpload' : 'DeleteObject';
    case 'POST':
      if (query.has('uploads')) return 'CreateMultipartUpload';
      return isPart ? 'CompleteMultipartUpload' : 'Unknown';
    default:
      return 'Unknown';
  }
}
