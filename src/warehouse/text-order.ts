import { textsByLanguage } from '../diagnostic/catalogue/check.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Session } from './warehouse.ts';

/** Sees whether the database orders texts by their bytes, as all engines do that are not told otherwise, and warns where not. */
export async function seeTextOrder(session: Session, warn: Report): Promise<string> {
  const { rows } = await session.query(BY_BYTES);
  if (rows[0]?.['by_bytes'] === true) return 'texts are ordered by their bytes';
  warn(textsByLanguage());
  return 'texts are ordered by the rules of a language';
}

/** Capitals before small letters, letters with accents after all others, and no two alike. */
const BY_BYTES = `select 'Z' < 'a' and 'z' < 'é' and 'a b' < 'a-b' and 'a' <> 'A' as by_bytes`;
