/**
 * A relation in rendered text stands as a marker until it is known which physical table it means:
 * the published name in compiled files, a version in what is run, the upstream's key in a version key.
 * Markers are fenced by two private-use characters, which no template may hold.
 */
const OPEN = '\uE000';
const CLOSE = '\uE001';
const MARKER = /\uE000([^\uE001]*)\uE001/g;
const FENCED = /\uE000([^\uE000\uE001]*)\uE001|[\uE000\uE001]/g;

/** The marker of a node, by its unique id. */
export function relationMarker(uniqueId: string): string {
  return `${OPEN}${uniqueId}${CLOSE}`;
}

/** The unique id in a marker. */
export function markedRelation(marker: string): string {
  return marker.slice(OPEN.length, -CLOSE.length);
}

/** Whether a text holds one of the two characters that fence markers. */
export function holdsMarkerCharacters(text: string): boolean {
  return text.includes(OPEN) || text.includes(CLOSE);
}

/** The unique ids of all markers in a text, each once, in order of first appearance. */
export function markedRelations(text: string): string[] {
  return [...new Set([...text.matchAll(MARKER)].map((match) => match[1] ?? ''))];
}

/** Where the first marker stands that is of none of these unique ids, or half a marker; undefined if there is none. */
export function unknownMarker(text: string, uniqueIds: ReadonlySet<string>): number | undefined {
  for (const { 1: uniqueId, index } of text.matchAll(FENCED))
    if (uniqueId === undefined || !uniqueIds.has(uniqueId)) return index;
  return undefined;
}

/** A marker in a text, and what is put in its place. */
export interface BoundMarker {
  /** Offset of the marker, and how long it is. */
  readonly start: number;
  readonly length: number;
  readonly name: string;
}

/** The markers of a text with their names, in order; a name that stands in a string has its quotes doubled. */
export function boundMarkers(text: string, nameOf: (uniqueId: string) => string): readonly BoundMarker[] {
  return [...text.matchAll(MARKER)].map(({ 0: marker, 1: uniqueId = '', index: start }) => {
    const isString = text[start - 1] === "'" && text[start + marker.length] === "'";
    const name = nameOf(uniqueId);
    return { start, length: marker.length, name: isString ? name.replaceAll("'", "''") : name };
  });
}

/** Puts a name in place of every marker. */
export function bindRelations(text: string, nameOf: (uniqueId: string) => string): string {
  let bound = '';
  let end = 0;
  for (const { start, length, name } of boundMarkers(text, nameOf)) {
    bound += text.slice(end, start) + name;
    end = start + length;
  }
  return bound + text.slice(end);
}
