/** Makers of the generated parts of pages, by the name that stands in their markers. */
export type Regions = Readonly<Record<string, () => string>>;

const REGION = /(<!-- generated: (.+?) -->\n)[\s\S]*?(<!-- end of generated -->)/g;

/** Fills the generated regions of a page, and tells which there were. */
export function fillRegions(
  page: string,
  regions: Regions,
): { readonly text: string; readonly regions: readonly string[] } {
  const found: string[] = [];
  const text = page.replace(REGION, (_, start: string, name: string, end: string) => {
    const make = regions[name];
    if (make === undefined) throw new Error(`Nothing makes the generated region "${name}".`);
    found.push(name);
    return `${start}\n${make().trim()}\n\n${end}`;
  });
  return { text, regions: found };
}
