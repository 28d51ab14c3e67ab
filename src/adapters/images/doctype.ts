/** The DOCTYPE of SVG 1.1, which drawing programs still write, names a file that nobody reads here. */
import { imageInvalid } from './image-invalid.js'

/**
 * @param doctype what stands between `<!DOCTYPE` and `>`
 * @throws IMAGE_INVALID when it declares something, such as entities
 */
export function assertNoEntities(doctype: string): void {
  if (/[[\]<>]|ENTITY/i.test(doctype))
    throw imageInvalid(
      'doctype',
      'declares entities in its DOCTYPE; delete that line from the file',
    )
}
