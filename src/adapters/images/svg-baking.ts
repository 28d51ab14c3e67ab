/** Credentials inside SVG (OB 3.0 section 5.3.2). */
import sax from 'sax'
import { fromBakedText, isToken, toBakedText } from './baked-text.js'
import { assertNoEntities } from './doctype.js'
import { imageInvalid } from './image-invalid.js'

const NAMESPACE = 'https://purl.imsglobal.org/ob/v3p0'

/**
 * The picture with a credential right after its start tag: JSON as CDATA, a VC-JWT as `verify`.
 * @param svg a safe SVG document without one, as `cleanSvg` returns it
 * @throws IMAGE_INVALID when it is not one
 */
export function bakeSvg(svg: string, credential: string): string {
  const { name, nameEnd, tagEnd, isSelfClosing } = locateRoot(svg)
  const startTag = svg.slice(nameEnd, tagEnd).replace(isSelfClosing ? /\/\s*>$/ : />$/, '>')
  return [
    svg.slice(0, nameEnd),
    ` xmlns:openbadges="${NAMESPACE}"`,
    startTag,
    toElement(credential),
    svg.slice(tagEnd),
    isSelfClosing ? `</${name}>` : '',
  ].join('')
}

function toElement(credential: string): string {
  return isToken(credential)
    ? `<openbadges:credential verify="${credential}"/>`
    : `<openbadges:credential><![CDATA[${toBakedText(credential)}]]></openbadges:credential>`
}

type Root = {
  readonly name: string
  readonly nameEnd: number
  readonly tagEnd: number
  readonly isSelfClosing: boolean
}

function locateRoot(svg: string): Root {
  let root: Root | undefined
  const parser = startParser()
  parser.onopentag = ({ name, isSelfClosing }) => {
    const nameEnd = parser.startTagPosition + name.length
    root ??= { name, nameEnd, tagEnd: parser.position, isSelfClosing }
  }
  parser.write(svg).close()
  if (root === undefined) throw imageInvalid('not-an-svg', 'is not an SVG')
  return root
}

/**
 * The credential as it was given to `bakeSvg`: the same text for what we wrote, the same JSON for what
 * others wrote.
 * @throws IMAGE_INVALID for text that is not well-formed XML, that declares entities, or that does not
 *   hold exactly one credential
 */
export function extractFromSvg(svg: string): string {
  const found = readCredentials(svg)
  const [credential] = found
  if (credential === undefined)
    throw imageInvalid('no-credential', 'holds no Open Badges 3.0 credential')
  if (found.length > 1) throw imageInvalid('two-credentials', 'holds more than one credential')
  return fromBakedText(credential.trim())
}

function readCredentials(svg: string): readonly string[] {
  const found: string[] = []
  let depth = 0
  let inside: number | undefined
  const parser = startParser()
  const append = (text: string) => {
    if (inside !== undefined) found.push((found.pop() ?? '') + text)
  }
  parser.ontext = append
  parser.oncdata = append
  parser.onopentag = (tag) => {
    depth += 1
    const { uri, local, attributes } = tag as sax.QualifiedTag
    if (uri !== NAMESPACE || local !== 'credential' || inside !== undefined) return
    found.push(attributes['verify']?.value ?? '')
    if (found.at(-1) === '') inside = depth
  }
  parser.onclosetag = () => {
    if (inside === depth) inside = undefined
    depth -= 1
  }
  parser.write(svg).close()
  return found
}

/** Strict about XML, deaf to entities: nothing is fetched and nothing expands. */
function startParser(): sax.SAXParser {
  const parser = sax.parser(true, { xmlns: true, strictEntities: true } as sax.SAXOptions)
  parser.onerror = () => {
    throw imageInvalid('not-well-formed', 'is not well-formed XML')
  }
  parser.ondoctype = assertNoEntities
  return parser
}
