/** Takes what drawing programs leave in their files out of an SVG; what is dangerous stays, to be refused. */
import type sax from 'sax'
import { escapeXml } from './escape-xml.js'
import { SVG_NAMESPACE } from './safe-svg.js'
import { readXml } from './strict-xml.js'

const XLINK = 'http://www.w3.org/1999/xlink'
const XHTML = 'http://www.w3.org/1999/xhtml'
const ROOT_NAMESPACES = ` xmlns="${SVG_NAMESPACE}" xmlns:xlink="${XLINK}"`

/**
 * Drops comments, the DOCTYPE, `metadata`, elements and attributes in the namespaces of editors, and a credential that
 * was baked in; turns `style` attributes into presentation attributes. Whatever else is in the file stays,
 * so that `assertSafeSvg` can name it.
 * @returns the same text when there was nothing to drop
 * @throws IMAGE_INVALID when it is not well-formed or its DOCTYPE declares anything
 */
export function cleanSvg(svg: string): string {
  const out: string[] = []
  let dropped = 0
  let isChanged = false
  const open = (tag: sax.QualifiedTag) => {
    if (dropped > 0 || isLeftOver(tag)) {
      dropped += 1
      isChanged = true
      return
    }
    const attributes = keptAttributes(tag)
    isChanged ||= attributes.isChanged || tag.prefix !== ''
    const isRoot = out.length === 0
    out.push(`<${nameOf(tag)}${isRoot ? ROOT_NAMESPACES : ''}${attributes.text}>`)
  }
  const close = (tag: sax.QualifiedTag) => {
    if (dropped > 0) dropped -= 1
    else out.push(`</${nameOf(tag)}>`)
  }
  const change = () => {
    isChanged = true
  }
  readXml(svg, {
    onOpen: open,
    onClose: ({ tag }) => close(tag as unknown as sax.QualifiedTag),
    onText: (text) => {
      if (dropped === 0 && out.length > 0) out.push(escapeXml(text))
    },
    onComment: change,
    onDoctype: change,
  })
  return isChanged ? out.join('') : svg
}

/** Elements of other namespaces than those that browsers act upon. */
function isLeftOver({ uri, local }: sax.QualifiedTag): boolean {
  if (local === 'script' || local === 'foreignObject') return false
  return uri === SVG_NAMESPACE ? local === 'metadata' : uri !== '' && uri !== XHTML
}

function nameOf({ uri, local, name }: sax.QualifiedTag): string {
  return uri === SVG_NAMESPACE ? local : name
}

type Kept = { readonly text: string; readonly isChanged: boolean }

function keptAttributes(tag: sax.QualifiedTag): Kept {
  const all = Object.values(tag.attributes)
  const kept = all.filter(isKept)
  const attributes = new Map(kept.map(({ name, value }) => [name, value]))
  for (const [property, value] of declarations(tag.attributes['style']?.value ?? ''))
    attributes.set(property, value)
  const text = [...attributes].map(([name, value]) => ` ${name}="${escapeXml(value)}"`).join('')
  return { text, isChanged: kept.length < all.filter((one) => !isDeclaredAnyway(one)).length }
}

function isKept({ name, prefix, local, uri }: sax.QualifiedAttribute): boolean {
  if (prefix === 'xlink') return uri === XLINK && local === 'href'
  if (prefix === 'xml') return local !== 'base'
  return prefix === '' && name !== 'style' && name !== 'xmlns'
}

function isDeclaredAnyway({ name, value }: sax.QualifiedAttribute): boolean {
  return (
    (name === 'xmlns' && value === SVG_NAMESPACE) || (name === 'xmlns:xlink' && value === XLINK)
  )
}

/** What a style attribute says, but for the notes of editors (`-inkscape-…`). */
function declarations(style: string): readonly (readonly [string, string])[] {
  return style.split(';').flatMap((declaration) => {
    const colon = declaration.indexOf(':')
    const property = declaration.slice(0, colon).trim()
    if (colon < 0 || !/^[a-z][a-z-]*$/.test(property)) return []
    return [[property, declaration.slice(colon + 1).trim()] as const]
  })
}
