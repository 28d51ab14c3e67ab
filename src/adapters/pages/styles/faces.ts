/** The faces and subsets in use, and the `@font-face` rules made of them. */

/** One cut of a typeface. */
type Face = {
  readonly family: string
  /** Name of the family in file and package names. */
  readonly slug: string
  readonly weight: 400 | 600
  readonly style: 'normal' | 'italic'
}

/** A part of a font's characters, fetched only when a page uses one of them. */
type Subset = { readonly name: string; readonly range: string }

const SERIF = { family: 'Source Serif 4', slug: 'source-serif-4' } as const
const SANS = { family: 'Source Sans 3', slug: 'source-sans-3' } as const

export const FACES: readonly Face[] = [
  { ...SERIF, weight: 400, style: 'normal' },
  { ...SERIF, weight: 400, style: 'italic' },
  { ...SERIF, weight: 600, style: 'normal' },
  { ...SANS, weight: 400, style: 'normal' },
  { ...SANS, weight: 400, style: 'italic' },
  { ...SANS, weight: 600, style: 'normal' },
]

export const SUBSETS: readonly Subset[] = [
  {
    name: 'latin-ext',
    range:
      'U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+0304, U+0308, U+0329, U+1D00-1DBF, U+1E00-1E9F, U+1EF2-1EFF, U+2020, U+20A0-20AB, U+20AD-20C4, U+2113, U+2C60-2C7F, U+A720-A7FF',
  },
  {
    name: 'latin',
    range:
      'U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, U+0308, U+0329, U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD',
  },
]

/** File name of a face's subset, as in the package and in the URL. */
export function fontFile(face: Face, subset: Subset): string {
  return `${face.slug}-${subset.name}-${face.weight}-${face.style}.woff2`
}

/** `@font-face` rules with `font-display: swap`: text is readable before, and without, the fonts. */
export const FACE_RULES: string = FACES.flatMap((face) =>
  SUBSETS.map(
    (subset) => `@font-face {
  font-family: '${face.family}';
  font-style: ${face.style};
  font-weight: ${face.weight};
  font-display: swap;
  src: url('/assets/fonts/${fontFile(face, subset)}') format('woff2');
  unicode-range: ${subset.range};
}
`,
  ),
).join('')
