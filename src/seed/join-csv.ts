/** A CSV text in chunks, opened by the call. */
export type OpenCsv = () => AsyncIterable<Uint8Array>;

/** So many texts are open at once: the next ones get ready while one is taken. */
const OPEN_AT_ONCE = 4;

const LINE_FEED = 0x0a;
const QUOTE = 0x22;

/** CSV texts with the same header as one text, in order: the header of the first, and the rows of all. */
export async function* joinCsv(texts: readonly OpenCsv[]): AsyncGenerator<Uint8Array> {
  const opened: AsyncIterable<Uint8Array>[] = [];
  let last = LINE_FEED;
  for (const index of texts.keys()) {
    for (const open of texts.slice(index + opened.length, index + OPEN_AT_ONCE)) opened.push(open());
    if (last !== LINE_FEED) yield Uint8Array.of(LINE_FEED);
    last = LINE_FEED;
    const text = opened.shift();
    if (text === undefined) return;
    for await (const chunk of index === 0 ? text : withoutHeader(text)) {
      yield chunk;
      last = chunk.at(-1) ?? last;
    }
  }
}

/** The header ends at the first line feed that is not in quotes. */
async function* withoutHeader(text: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let inHeader = true;
  let quoted = false;
  for await (const chunk of text) {
    let from = 0;
    for (; inHeader && from < chunk.length; from++) {
      if (chunk[from] === QUOTE) quoted = !quoted;
      inHeader = quoted || chunk[from] !== LINE_FEED;
    }
    if (from < chunk.length) yield chunk.subarray(from);
  }
}
