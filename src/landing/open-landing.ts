import { isAbsolute } from 'node:path';
import { unknownLandingAddress } from '../diagnostic/catalogue/landing.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import type { LandingPlace } from '../project/project.ts';
import { FolderLanding } from './folder-landing.ts';
import type { Landing } from './landing.ts';

/** Opens the landing zone at a place: a folder, or a prefix of an S3 bucket. No request is sent before it is used. */
export async function openLanding(place: LandingPlace): Promise<Landing> {
  const { address } = place;
  if (isAbsolute(address)) return new FolderLanding(address);
  if (address.startsWith('s3://')) {
    const { S3Landing } = await import('./s3/s3-landing.ts');
    return new S3Landing(place);
  }
  throw new DiagnosticError([unknownLandingAddress({ address })]);
}
