/** Badge art must be a picture and nothing more: no script, no links out, no external parts. */
import type sax from 'sax'
import type { IssuerError } from '../../domain/issuer-error.js'
import { imageInvalid } from './image-invalid.js'
import { readXml } from './strict-xml.js'
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
const OUTSIDE = /url\(|(?:image-set|image|src|cross-fade)\(|javascript:|\\/i
/** A part of the document by its name, in the one spelling that nobody reads otherwise. */
const REFERENCE = /url\((?:#([\w.:-]+)|'#([\w.:-]+)'|"#([\w.:-]+)")\)/g

/**
 * @param svg SVG 1.1 text
 * @throws IMAGE_INVALID that names the first thing that is not allowed
 */
export function assertSafeSvg(svg: string): void {
  let elements = 0
  let letters = 0
  const ids = new Set<string>()
  const open: WeighedElement[] = []
  const roots: WeighedElement[] = []
  readXml(svg, {
    onDoctype: () => {
      throw unsafeArt('has a DOCTYPE, which is not allowed')
    },
    onOpen: (tag) => {
      if (open.length === 0 && (elements > 0 || tag.name !== 'svg'))
        throw unsafeArt('is not one SVG document')
      elements += 1
      if (elements > MAX_ELEMENTS) throw unsafeArt(`has more than ${MAX_ELEMENTS} elements`)
      assertElement(tag)
      const element = toWeighed(tag)
      if (element.id !== undefined && ids.has(element.id))
        throw unsafeArt(`has the id “${element.id.slice(0, 60)}” twice`)
      ids.add(element.id ?? '')
      ;(open.at(-1)?.children ?? roots).push(element)
      open.push(element)
    },
    onClose: () => {
      open.pop()
    },
    onText: (text) => {
      letters += text.trim().length
      if (letters > MAX_LETTERS) throw unsafeArt(`has more than ${MAX_LETTERS} letters`)
    },
  })
  const [root] = roots
  if (root === undefined) throw unsafeArt('is not one SVG document')
  if (weigh(root, MAX_WEIGHT) > MAX_WEIGHT)
    throw unsafeArt('refers to itself, or repeats its parts too often')
}

/** Each time one of these is drawn costs as much as so many shapes. */
const COSTLY: Readonly<Record<string, number>> = { filter: 50, mask: 20, pattern: 20, clipPath: 5 }
const FILTER_STEP = 200

/** So many characters of attributes, such as the path of a shape, weigh as much as one shape. */
const CHARACTERS = 500

/** References are names by now, see `assertAttribute`. */
function toWeighed({ local, attributes }: sax.QualifiedTag): WeighedElement {
  const all = Object.values(attributes)
  const references = all.flatMap(({ local: name, value }) => {
    const within = [...value.matchAll(REFERENCE)].map(([, ...ids]) => ids.find(Boolean) ?? '')
    return name === 'href' ? [value.slice(1)] : within
  })
  const characters = all.reduce((sum, { value }) => sum + value.length, 0)
  const own = local.startsWith('fe') ? FILTER_STEP : (COSTLY[local] ?? 1)
  const weight = own + Math.floor(characters / CHARACTERS)
  return { id: attributes['id']?.value, references, children: [], weight }
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
  if (local === 'href' && !/^#[\w.:-]+$/.test(value))
    throw unsafeArt(`refers to “${value.slice(0, 60)}”`)
  if (OUTSIDE.test(value.replaceAll(REFERENCE, '')))
    throw unsafeArt(`refers outside itself in “${name}”`)
}

/** A picture that draws more than itself, or does more than draw. */
export function unsafeArt(what: string): IssuerError {
  return imageInvalid('unsafe-svg', what)
}
