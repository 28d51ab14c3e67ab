/** Credentials inside SVG (OB 3.0 section 5.3.2). */
import { fromBakedText, isToken, toBakedText } from './baked-text.js'
import { imageInvalid } from './image-invalid.js'
import { SVG_NAMESPACE } from './safe-svg.js'
import { readXml } from './strict-xml.js'

const NAMESPACE = 'https://purl.imsglobal.org/ob/v3p0'

/** An SVG around the place of its credential; finding the place takes longer than filling it. */
export type SplitSvg = { readonly head: string; readonly tail: string }

/**
 * The picture with a credential right after its start tag: JSON as CDATA, a VC-JWT as `verify`.
 * @param svg a safe SVG document without one, as `cleanSvg` returns it
 * @throws IMAGE_INVALID when it is not one
 */
export function bakeSvg(svg: string, credential: string): string {
  return bakeSplitSvg(splitSvg(svg), credential)
}

/** The same for a picture that was split before. */
export function bakeSplitSvg({ head, tail }: SplitSvg, credential: string): string {
  return `${head}${toElement(credential)}${tail}`
}

/**
 * @param svg a safe SVG document without a credential
 * @throws IMAGE_INVALID when it is not one
 */
export function splitSvg(svg: string): SplitSvg {
  const { name, nameEnd, tagEnd, isSelfClosing } = locateRoot(svg)
  const startTag = svg.slice(nameEnd, tagEnd).replace(isSelfClosing ? /\/\s*>$/ : />$/, '>')
  return {
    head: `${svg.slice(0, nameEnd)} xmlns:openbadges="${NAMESPACE}"${startTag}`,
    tail: `${svg.slice(tagEnd)}${isSelfClosing ? `</${name}>` : ''}`,
  }
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
  readXml(svg, {
    onOpen: ({ name, isSelfClosing }, parser) => {
      const nameEnd = parser.startTagPosition + name.length
      root ??= { name, nameEnd, tagEnd: parser.position, isSelfClosing }
    },
  })
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

/** Every one of them, also one inside another: a reader that looks for the second must not find it. */
function readCredentials(svg: string): readonly string[] {
  const found: string[] = []
  let depth = 0
  let inside: number | undefined
  readXml(svg, {
    onOpen: ({ uri, local, attributes }) => {
      if (depth === 0 && (uri !== SVG_NAMESPACE || local !== 'svg'))
        throw imageInvalid('not-an-svg', 'is not an SVG')
      depth += 1
      if (uri !== NAMESPACE || local !== 'credential') return
      found.push(attributes['verify']?.value ?? '')
      if (found.at(-1) === '') inside ??= depth
    },
    onClose: () => {
      if (inside === depth) inside = undefined
      depth -= 1
    },
    onText: (text) => {
      if (inside !== undefined) found.push((found.pop() ?? '') + text)
    },
  })
  return found
}
