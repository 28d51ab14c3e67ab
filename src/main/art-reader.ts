/** Reads art with the drawing process that lies next to this module. */
import { createArtReader } from '../adapters/images/read-art.js'

export const readArt = createArtReader(new URL('./art-drawer.js', import.meta.url))
