/** A web page about a badge: where it says its badge is. Nothing on it is run or shown. */
import { Parser } from 'htmlparser2'
import type { FoundInput } from '../../application/ports/inputs.js'
import { MAX_URL_CHARS } from '../../domain/raw-gate/gate-refusal.js'
import { isBadgeJson, readJson } from './read-json.js'
import { readAddress } from './read-text.js'
import { refuse } from './refusals.js'

/** Of a longer page the rest is not read; links to other forms of a page stand near its start. */
const MAX_BYTES = 1024 * 1024
const MAX_DEPTH = 256
const MAX_TAGS = 20_000
const MAX_ATTRIBUTES = 64

/** By how surely a link of this type is a badge; content systems use the last two for other things. */
const LINK_TYPES = ['application/vc', 'application/vc+jwt', 'application/vc+ld+json']
const LOOSE_LINK_TYPES = ['application/ld+json', 'application/json']

/** What may lead to a badge, in the order of the page. */
type Finds = {
  base: string | undefined
  readonly links: Map<string, string>
  readonly scripts: Uint8Array[]
  picture: string | undefined
}

/** @param url where the page was found; without it only whole addresses on it can be followed */
export function readPage(bytes: Uint8Array, url: string | undefined): FoundInput {
  const finds = searchPage(new TextDecoder().decode(bytes.subarray(0, MAX_BYTES)))
  const base = resolve(finds.base, url) ?? url
  const linkOf = (types: readonly string[]) =>
    types.map((type) => resolve(finds.links.get(type), base)).find((link) => link !== undefined)
  const surely = linkOf(LINK_TYPES)
  if (surely !== undefined) return readAddress(surely, 'html')
  const [script] = finds.scripts
  if (script !== undefined) return readJson(script, 'html')
  const other = linkOf(LOOSE_LINK_TYPES) ?? resolve(finds.picture, base)
  return other === undefined ? refuse('page-without-badge', 'html') : readAddress(other, 'html')
}

/** @returns a web address, or undefined when it leads nowhere on the web */
function resolve(href: string | undefined, base: string | undefined): string | undefined {
  if (href === undefined || href.length > MAX_URL_CHARS || !URL.canParse(href, base))
    return undefined
  const { protocol, href: address } = new URL(href, base)
  return protocol === 'https:' || protocol === 'http:' ? address : undefined
}

function searchPage(html: string): Finds {
  const search = new PageSearch()
  const parser = new Parser({
    onopentagname: (name) => search.open(name),
    onattribute: (name, value) => search.attribute(name, value),
    ontext: (text) => search.text(text),
    onclosetag: (_name, isImplied) => search.close(isImplied),
  })
  try {
    parser.write(html)
    parser.end()
  } catch (error) {
    if (error !== ENOUGH) throw error
  }
  return search.finds
}

/** Thrown from within the parser to leave the rest of a page unread. */
const ENOUGH = new Error('enough of the page was read')

const WATCHED = new Set(['link', 'meta', 'script', 'base'])

class PageSearch {
  readonly finds: Finds = { base: undefined, links: new Map(), scripts: [], picture: undefined }
  /** The watched tag whose attributes are being read. */
  #tag: { readonly name: string; readonly attributes: Map<string, string> } | undefined
  /** The text of a script that holds data. */
  #script: string[] | undefined
  #depth = 0
  #tags = 0
  #attributes = 0

  open(name: string): void {
    this.#settle()
    this.#depth += 1
    this.#tags += 1
    this.#attributes = 0
    if (this.#depth > MAX_DEPTH || this.#tags > MAX_TAGS) throw ENOUGH
    if (WATCHED.has(name)) this.#tag = { name, attributes: new Map() }
  }

  /** The first of two with one name counts (HTML section 13.2.5.33). */
  attribute(name: string, value: string): void {
    this.#attributes += 1
    if (this.#attributes > MAX_ATTRIBUTES) throw ENOUGH
    if (this.#tag?.attributes.has(name) === false) this.#tag.attributes.set(name, value)
  }

  text(text: string): void {
    this.#settle()
    this.#script?.push(text)
  }

  /** @param isImplied nothing closes it: of a script, the end is then missing */
  close(isImplied: boolean): void {
    this.#settle()
    this.#depth -= 1
    if (this.#script === undefined) return
    const bytes = Buffer.from(this.#script.join(''))
    this.#script = undefined
    if (!isImplied && isBadgeJson(bytes)) this.finds.scripts.push(bytes)
  }

  /** Takes what the last tag says, once all of it is known. */
  #settle(): void {
    const tag = this.#tag
    if (tag === undefined) return
    this.#tag = undefined
    const value = (name: string) => tag.attributes.get(name)?.trim() ?? ''
    const type = (value('type').toLowerCase().split(';')[0] ?? '').trim()
    if (tag.name === 'base') this.finds.base ??= value('href')
    if (tag.name === 'script' && type === 'application/ld+json') this.#script = []
    if (tag.name === 'link' && isAlternate(value('rel')) && !this.finds.links.has(type))
      this.finds.links.set(type, value('href'))
    if (tag.name === 'meta' && value('property') === 'og:image' && isBakeable(value('content')))
      this.finds.picture ??= value('content')
  }
}

function isAlternate(rel: string): boolean {
  return rel.toLowerCase().split(/\s+/).includes('alternate')
}

/** Only these pictures can hold a badge (OB 3.0 section 5.3). */
function isBakeable(address: string): boolean {
  return /^[^?#]*\.(?:png|svg)(?:[?#]|$)/i.test(address)
}
