/** XML as every strict reader reads it, or not at all: nothing is fetched, and nothing expands. */
import sax from 'sax'
import { assertNoEntities } from './doctype.js'
import { imageInvalid } from './image-invalid.js'

/** Deeper, the library takes quadratic time for the namespaces. */
const MAX_DEPTH = 200
const MAX_ELEMENTS = 50_000
/** With more on one tag, the library takes quadratic time to see that none stands twice. */
const MAX_ATTRIBUTES = 1000
/** `DOCTYPE` and `[CDATA[`; of what else follows `<!`, the library copies all for each character more. */
const MAX_DECLARATION_CHARS = 7
/** How often both are looked at. */
const STRIDE_CHARS = 1024

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
 *   attribute twice, `<![cdata[`), for entities, processing instructions, more than 200 levels, 50,000
 *   elements or 1,000 attributes on one
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
  writeBounded(parser, text)
  parser.close()
}

/** What the library keeps while it reads, beyond its types. */
type Inner = {
  readonly tags: readonly unknown[]
  readonly attribList: readonly unknown[]
  readonly sgmlDecl: string
  bufferCheckPosition: number
}

function writeBounded(parser: sax.SAXParser, text: string): void {
  const inner = parser as unknown as Inner
  // An attribute may be as long as the document: pictures stand in them.
  inner.bufferCheckPosition = Number.POSITIVE_INFINITY
  for (let at = 0; at < text.length; at += STRIDE_CHARS) {
    parser.write(text.slice(at, at + STRIDE_CHARS))
    if (inner.sgmlDecl.length > MAX_DECLARATION_CHARS) throw notWellFormed('a section that is none')
    if (inner.attribList.length > MAX_ATTRIBUTES)
      throw imageInvalid('too-many-attributes', `has a tag with over ${MAX_ATTRIBUTES} attributes`)
  }
}

function refuseLaxity(parser: sax.SAXParser): void {
  const { tags } = parser as unknown as Inner
  let names = new Set<string>()
  let elements = 0
  parser.onopentagstart = () => {
    names = new Set()
    elements += 1
    if (elements > MAX_ELEMENTS)
      throw imageInvalid('too-many-elements', `has more than ${MAX_ELEMENTS} elements`)
    if (tags.length >= MAX_DEPTH)
      throw imageInvalid('too-deep', `is more than ${MAX_DEPTH} levels deep`)
  }
  parser.onsgmldeclaration = () => {
    throw notWellFormed('a section that is none')
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
