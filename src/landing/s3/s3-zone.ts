import type { LandingPlace } from '../../project/project.ts';
import { parseS3Address, type S3Address } from './s3-address.ts';
import { S3Connection } from './s3-connection.ts';
import { listOpenUploads, type OpenUpload } from './s3-listing.ts';
import { S3Presence } from './s3-presence.ts';
import { UnremovedTally } from './s3-unremoved.ts';

/** Headers that ask for server-side encryption. */
interface Encryption {
  readonly ServerSideEncryption?: 'AES256' | 'aws:kms';
  readonly SSEKMSKeyId?: string;
}

/** A landing zone in S3: where it is, how it is reached, and what earlier writes left open in it. */
export class S3Zone implements S3Address {
  readonly bucket: string;
  readonly prefix: string;
  readonly connection: S3Connection;
  readonly encryption: Encryption;
  readonly presence: S3Presence;
  readonly unremoved = new UnremovedTally();
  #abandoned: Promise<OpenUpload[]> | undefined;

  constructor(place: LandingPlace) {
    const { bucket, prefix } = parseS3Address(place.address);
    this.bucket = bucket;
    this.prefix = prefix;
    this.connection = new S3Connection(place);
    this.presence = new S3Presence(this.connection, bucket);
    this.encryption = {
      ...(place.sse !== undefined && { ServerSideEncryption: place.sse }),
      ...(place.sseKmsKeyId !== undefined && { SSEKMSKeyId: place.sseKmsKeyId }),
    };
  }

  /** Uploads into a folder that were open when this zone was first written to; each is given once. */
  async takeAbandoned(folder: string): Promise<readonly OpenUpload[]> {
    this.#abandoned ??= this.#openUploads();
    const open = await this.#abandoned;
    const taken = open.filter(({ key }) => key.startsWith(folder) && !key.slice(folder.length).includes('/'));
    for (const upload of taken) open.splice(open.indexOf(upload), 1);
    return taken;
  }

  /** Who may write need not be allowed to list uploads; then a rule of the bucket must remove what is abandoned. */
  async #openUploads(): Promise<OpenUpload[]> {
    try {
      return await this.connection.use('list open uploads', async (client) => [
        ...(await listOpenUploads(client, this.bucket, this.prefix)),
      ]);
    } catch {
      return [];
    }
  }
}
