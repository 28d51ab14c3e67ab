/** Reads the tags of a rendered page. Rendered text has its `<` escaped, so every `<` opens a tag. */

export type Tag = {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
}

/** Opening tags of `html` in order, with their attributes (values as they are written). */
export function findTags(html: string): readonly Tag[] {
  return [...html.matchAll(/<([a-zA-Z][\w-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/g)].map(
    ([, name = '', rest = '']) => ({
      name: name.toLowerCase(),
      attributes: new Map(
        [...rest.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)].map(([, key = '', value = '']) => [
          key.toLowerCase(),
          value,
        ]),
      ),
    }),
  )
}

/** How many `<` stand in `html` that neither open, close nor declare something; 0 when all is well formed. */
export function countStrayBrackets(html: string): number {
  const known = html.match(/<!doctype html>|<\/[a-zA-Z][\w-]*>/g)?.length ?? 0
  return html.split('<').length - 1 - known - findTags(html).length
}
