import { isAbsolute } from 'node:path';
import { unknownLandingAddress } from '../diagnostic/catalogue/landing.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import { FolderLanding } from './folder-landing.ts';
import type { Landing } from './landing.ts';

/** Opens the landing zone at an address: the absolute path of a folder. */
export async function openLanding(address: string): Promise<Landing> {
  if (isAbsolute(address)) return new FolderLanding(address);
  throw new DiagnosticError([unknownLandingAddress({ address })]);
}
