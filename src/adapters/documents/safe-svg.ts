/** Badge art must be a picture and nothing more: no script, no links out, no external parts. */
import sax from 'sax'
import { IssuerError } from '../../domain/issuer-error.js'

const MAX_BYTES = 256 * 1024
const MAX_ELEMENTS = 5000

const ELEMENTS = new Set(
  `svg g defs title desc path rect circle ellipse line polyline polygon text tspan linearGradient
   radialGradient stop clipPath mask pattern symbol use filter feGaussianBlur feOffset feMerge
   feMergeNode feColorMatrix feFlood feComposite feBlend`.split(/\s+/),
)

const SVG_NAMESPACE = 'http://www.w3.org/2000/svg'

/** CSS that reaches outside the document, or hides that it does behind an escape. */
const OUTSIDE = /url\((?!\s*['"]?#)|(?:image-set|image|src|cross-fade)\(|javascript:|\\/i

/**
 * @param svg SVG 1.1 text
 * @throws IssuerError ACHIEVEMENT_INVALID that names the first thing that is not allowed
 */
export function assertSafeSvg(svg: string): void {
  if (Buffer.byteLength(svg) > MAX_BYTES) throw unsafe(`is larger than ${MAX_BYTES} bytes`)
  let elements = 0
  let depth = 0
  const parser = sax.parser(true, { xmlns: true, strictEntities: true } as sax.SAXOptions)
  parser.ondoctype = () => {
    throw unsafe('has a DOCTYPE, which is not allowed')
  }
  parser.onprocessinginstruction = ({ name }) => {
    if (name !== 'xml') throw unsafe(`has the processing instruction “${name}”`)
  }
  parser.onopentag = (tag) => {
    if (depth === 0 && (elements > 0 || tag.name !== 'svg')) throw unsafe('is not one SVG document')
    depth += 1
    elements += 1
    if (elements > MAX_ELEMENTS) throw unsafe(`has more than ${MAX_ELEMENTS} elements`)
    assertElement(tag as sax.QualifiedTag)
  }
  parser.onclosetag = () => {
    depth -= 1
  }
  parser.onerror = (error) => {
    throw unsafe(`is not well-formed (${error.message.split('\n')[0] ?? ''})`)
  }
  parser.write(svg).close()
  if (elements === 0) throw unsafe('is not one SVG document')
}

function assertElement(tag: sax.QualifiedTag): void {
  if (tag.uri !== SVG_NAMESPACE) throw unsafe(`has <${tag.name}> outside the namespace of SVG`)
  if (!ELEMENTS.has(tag.name)) throw unsafe(`has the element <${tag.name}>, which is not allowed`)
  for (const attribute of Object.values(tag.attributes)) assertAttribute(attribute)
}

/** References may point inside the document only, under whatever prefix they stand. */
function assertAttribute({ name, local, value }: sax.QualifiedAttribute): void {
  if (/^on/i.test(local)) throw unsafe(`has the event handler “${name}”`)
  if (local === 'style') throw unsafe('has a style attribute; use presentation attributes instead')
  if (local === 'base') throw unsafe(`has a base address in “${name}”`)
  if (local === 'href' && !value.startsWith('#')) throw unsafe(`refers to “${value.slice(0, 60)}”`)
  if (OUTSIDE.test(value)) throw unsafe(`refers outside itself in “${name}”`)
}

function unsafe(what: string): IssuerError {
  return new IssuerError('ACHIEVEMENT_INVALID', `The badge art ${what}.`, {
    pointer: '/image/file',
  })
}
