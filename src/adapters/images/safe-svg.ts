/** Badge art must be a picture and nothing more: no script, no links out, no external parts. */
import sax from 'sax'
import type { IssuerError } from '../../domain/issuer-error.js'
import { imageInvalid } from './image-invalid.js'
import { type WeighedElement, weigh } from './svg-weight.js'

const MAX_ELEMENTS = 5000
/** Elements drawn, when each reference counts what it refers to. */
const MAX_WEIGHT = 20_000
/** Letters are shapes too, and slow ones. */
const MAX_LETTERS = 5000

const ELEMENTS = new Set(
  `svg g defs title desc path rect circle ellipse line polyline polygon text tspan linearGradient
   radialGradient stop clipPath mask pattern symbol use filter feGaussianBlur feOffset feMerge
   feMergeNode feColorMatrix feFlood feComposite feBlend`.split(/\s+/),
)

export const SVG_NAMESPACE = 'http://www.w3.org/2000/svg'

/** CSS that reaches outside the document, or hides that it does behind an escape. */
const OUTSIDE = /url\((?!\s*['"]?#)|(?:image-set|image|src|cross-fade)\(|javascript:|\\/i

/**
 * @param svg SVG 1.1 text
 * @throws IMAGE_INVALID that names the first thing that is not allowed
 */
export function assertSafeSvg(svg: string): void {
  let elements = 0
  let letters = 0
  const open: WeighedElement[] = []
  const roots: WeighedElement[] = []
  const parser = sax.parser(true, { xmlns: true, strictEntities: true } as sax.SAXOptions)
  parser.ondoctype = () => {
    throw unsafeArt('has a DOCTYPE, which is not allowed')
  }
  parser.onprocessinginstruction = ({ name }) => {
    if (name !== 'xml') throw unsafeArt(`has the processing instruction “${name}”`)
  }
  parser.onopentag = (tag) => {
    const isRoot = open.length === 0
    if (isRoot && (elements > 0 || tag.name !== 'svg')) throw unsafeArt('is not one SVG document')
    elements += 1
    if (elements > MAX_ELEMENTS) throw unsafeArt(`has more than ${MAX_ELEMENTS} elements`)
    assertElement(tag as sax.QualifiedTag)
    const element = toWeighed(tag as sax.QualifiedTag)
    ;(open.at(-1)?.children ?? roots).push(element)
    open.push(element)
  }
  parser.onclosetag = () => {
    open.pop()
  }
  const countLetters = (text: string) => {
    letters += text.trim().length
    if (letters > MAX_LETTERS) throw unsafeArt(`has more than ${MAX_LETTERS} letters`)
  }
  parser.ontext = countLetters
  parser.oncdata = countLetters
  parser.onerror = (error) => {
    throw unsafeArt(`is not well-formed (${error.message.split('\n')[0] ?? ''})`)
  }
  parser.write(svg).close()
  const [root] = roots
  if (root === undefined) throw unsafeArt('is not one SVG document')
  if (weigh(root, MAX_WEIGHT) > MAX_WEIGHT)
    throw unsafeArt('refers to itself, or repeats its parts too often')
}

/** Each time one of these is drawn costs as much as so many shapes. */
const COSTLY: Readonly<Record<string, number>> = { filter: 50, mask: 20, pattern: 20, clipPath: 5 }
const FILTER_STEP = 200

function toWeighed({ local, attributes }: sax.QualifiedTag): WeighedElement {
  const references = Object.values(attributes).flatMap(({ local: name, value }) => {
    const within = [...value.matchAll(/url\(\s*['"]?\s*#([^'")]*)/gi)].map(([, id = '']) =>
      id.trim(),
    )
    return name === 'href' ? [value.trim().slice(1)] : within
  })
  const weight = local.startsWith('fe') ? FILTER_STEP : (COSTLY[local] ?? 1)
  return { id: attributes['id']?.value.trim(), references, children: [], weight }
}

function assertElement(tag: sax.QualifiedTag): void {
  if (tag.uri !== SVG_NAMESPACE) throw unsafeArt(`has <${tag.name}> outside the namespace of SVG`)
  if (!ELEMENTS.has(tag.name))
    throw unsafeArt(`has the element <${tag.name}>, which is not allowed`)
  for (const attribute of Object.values(tag.attributes)) assertAttribute(attribute)
}

/** References may point inside the document only, under whatever prefix they stand. */
function assertAttribute({ name, local, value }: sax.QualifiedAttribute): void {
  if (/^on/i.test(local)) throw unsafeArt(`has the event handler “${name}”`)
  if (local === 'style')
    throw unsafeArt('has a style attribute; use presentation attributes instead')
  if (local === 'base') throw unsafeArt(`has a base address in “${name}”`)
  if (local === 'href' && !value.startsWith('#'))
    throw unsafeArt(`refers to “${value.slice(0, 60)}”`)
  if (OUTSIDE.test(value)) throw unsafeArt(`refers outside itself in “${name}”`)
}

/** A picture that draws more than itself, or does more than draw. */
export function unsafeArt(what: string): IssuerError {
  return imageInvalid('unsafe-svg', what)
}
