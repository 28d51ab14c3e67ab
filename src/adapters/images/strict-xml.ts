/** XML as every strict reader reads it, or not at all: nothing is fetched, and nothing expands. */
import sax from 'sax'
import { assertNoEntities } from './doctype.js'
import { imageInvalid } from './image-invalid.js'

/** Deeper, the library takes quadratic time for the namespaces. */
const MAX_DEPTH = 200

/** What of a document is looked at; each may throw. */
export type XmlHandlers = {
  readonly onOpen: (tag: sax.QualifiedTag, parser: sax.SAXParser) => void
  readonly onClose?: (parser: sax.SAXParser) => void
  /** Text and CDATA alike. */
  readonly onText?: (text: string) => void
  readonly onComment?: () => void
  readonly onDoctype?: () => void
}

/**
 * Reads a whole document.
 * @throws IMAGE_INVALID for what is not well-formed, even where the library would let it pass (an
 *   attribute twice, `<![cdata[`), for entities, processing instructions and more than 200 levels
 */
export function readXml(text: string, handlers: XmlHandlers): void {
  if (/<!\[(?!CDATA\[)/.test(text)) throw notWellFormed('a section that is none')
  const parser = sax.parser(true, { xmlns: true, strictEntities: true } as sax.SAXOptions)
  refuseLaxity(parser)
  parser.onopentag = (tag) => handlers.onOpen(tag as sax.QualifiedTag, parser)
  parser.onclosetag = () => handlers.onClose?.(parser)
  parser.ontext = (part) => handlers.onText?.(part)
  parser.oncdata = (part) => handlers.onText?.(part)
  parser.oncomment = () => handlers.onComment?.()
  parser.ondoctype = (doctype) => {
    assertNoEntities(doctype)
    handlers.onDoctype?.()
  }
  parser.write(text).close()
}

function refuseLaxity(parser: sax.SAXParser): void {
  const { tags } = parser as unknown as { readonly tags: readonly unknown[] }
  let names = new Set<string>()
  parser.onopentagstart = () => {
    names = new Set()
    if (tags.length >= MAX_DEPTH)
      throw imageInvalid('too-deep', `is more than ${MAX_DEPTH} levels deep`)
  }
  parser.onattribute = ({ name }) => {
    if (names.has(name)) throw notWellFormed(`the attribute ${name} twice`)
    names.add(name)
  }
  parser.onprocessinginstruction = ({ name }) => {
    if (name !== 'xml') throw imageInvalid('unsafe-svg', `has the processing instruction “${name}”`)
  }
  parser.onerror = (error) => {
    throw notWellFormed(error.message.split('\n')[0] ?? '')
  }
}

function notWellFormed(what: string) {
  return imageInvalid('not-well-formed', `is not well-formed XML (${what})`)
}
