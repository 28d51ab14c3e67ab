/** The self-hosted typefaces: Source Serif 4 and Source Sans 3 in the weights that the pages use. */
import { createRequire } from 'node:module'
import { FACES, fontFile, SUBSETS } from './styles/faces.js'

const require = createRequire(import.meta.url)

/**
 * The woff2 files behind `/assets/fonts/{file}`: the name in the URL and the absolute path on disk.
 * Throws at start-up when the font packages are not installed.
 */
export const FONT_FILES: readonly { readonly file: string; readonly path: string }[] =
  FACES.flatMap((face) =>
    SUBSETS.map((subset) => {
      const file = fontFile(face, subset)
      return { file, path: require.resolve(`@fontsource/${face.slug}/files/${file}`) }
    }),
  )
