/** Random changes to a signed badge: those that attackers make, and those that nobody thought of. */
import { loadPinnedContexts } from '../../src/adapters/documents/pinned-contexts.js'
import type { JsonObject } from '../../src/domain/json.js'

/** A whole number from 0 up to, not including, `below`. */
export type Random = (below: number) => number

/** Repeatable random numbers (mulberry32): one seed, one sequence. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

type Container = Record<string, unknown> | unknown[]
/** One member or item: where it stands, under which name. */
type Spot = { readonly holder: Container; readonly key: string }
type Scene = {
  readonly root: Record<string, unknown>
  readonly spots: readonly Spot[]
  readonly random: Random
  readonly iris: ReadonlyMap<string, string>
}
type Move = (spot: Spot, scene: Scene) => void

export type Tampered = { readonly text: string; readonly moves: readonly string[] }

/**
 * Makes one to three random changes.
 * @param iris full IRI by term, from `termIris`
 * @returns the changed text, which may be no JSON any more, and the names of the changes
 */
export function tamperAtRandom(
  badge: JsonObject,
  random: Random,
  iris: ReadonlyMap<string, string>,
): Tampered {
  const root = structuredClone(badge) as Record<string, unknown>
  const moves: string[] = []
  for (let count = 1 + random(3) * random(2); count > 0; count -= 1) {
    const spots = spotsOf(root)
    const [name, move] = pick(Object.entries(MOVES), random)
    move(pick(spots, random), { root, spots, random, iris })
    moves.push(name)
  }
  const text = JSON.stringify(root)
  if (random(8) > 0) return { text, moves }
  const [name, spell] = pick(Object.entries(SPELLINGS), random)
  return { text: spell(text, random), moves: [...moves, name] }
}

/** Every term of the pinned contexts with the IRI that it stands for, as far as it is written out. */
export async function termIris(): Promise<ReadonlyMap<string, string>> {
  const contexts = await loadPinnedContexts()
  const iris = new Map<string, string>()
  const read = (context: unknown): void => {
    if (Array.isArray(context)) context.forEach(read)
    if (!isContainer(context)) return
    for (const [term, definition] of Object.entries(context)) {
      const iri = isContainer(definition) ? Reflect.get(definition, '@id') : definition
      if (typeof iri === 'string' && iri.includes('://')) iris.set(term, iri)
      if (isContainer(definition)) read(Reflect.get(definition, '@context'))
    }
  }
  for (const url of contexts.urls()) read(contexts.find(url)?.['@context'])
  return iris
}

const KEYWORDS = ['@index', '@nest', '@included', '@graph', '@reverse', '@set', '@list', '@value']
const OTHER_KEYWORDS = ['@json', '@preserve', '@id', '@type', '@language', '@vocab', '@base']
const TEXTS = [
  '',
  ' ',
  'x',
  '_:b0',
  'true',
  '7',
  '43',
  'https://evil.example/',
  '2099-01-01T00:00:00Z',
]
const VALUES = [null, true, 0, 7.5, [], {}, ['x'], { id: 'urn:x' }, [[]], { '@value': 'x' }]
const MEMBERS = [
  'extra',
  'validUntil',
  'expirationDate',
  'issuanceDate',
  'name',
  'type',
  'id',
  'tag',
]
const CONTEXTS = [
  'https://www.w3.org/ns/credentials/v2',
  'https://www.w3.org/2018/credentials/v1',
  ...['', '-3.0.1', '-3.0.2', '-3.0.3'].map(
    (version) => `https://purl.imsglobal.org/spec/ob/v3p0/context${version}.json`,
  ),
  'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
  'https://w3id.org/security/data-integrity/v2',
  'https://w3id.org/security/suites/ed25519-2020/v1',
  'https://www.w3.org/ns/did/v1',
  { validUntil: '@index' },
  { hide: '@nest' },
  { '@vocab': 'https://evil.example/' },
]

const MOVES: Readonly<Record<string, Move>> = {
  'text changed': (spot, { random }) => {
    const value = valueAt(spot)
    set(spot, typeof value === 'string' ? changeText(value, random) : pick(TEXTS, random))
  },
  'value replaced': (spot, { random }) => set(spot, structuredClone(pick(VALUES, random))),
  'number and text exchanged': (spot) => {
    const value = valueAt(spot)
    const isNumeric = typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)
    set(spot, isNumeric ? Number(value) : String(value))
  },
  'member removed': (spot) => remove(spot),
  'member added': (spot, { random }) => addNear(spot, pick(MEMBERS, random), pick(TEXTS, random)),
  'keyword added': (spot, { random }) => {
    addNear(spot, pick([...KEYWORDS, ...OTHER_KEYWORDS], random), pick(TEXTS, random))
  },
  'renamed to its IRI': (spot, { iris }) => rename(spot, iris.get(spot.key) ?? `urn:x:${spot.key}`),
  'renamed to another term': (spot, { iris, random }) =>
    rename(spot, pick([...iris.keys()], random)),
  'renamed with a capital': (spot) =>
    rename(spot, spot.key.charAt(0).toUpperCase() + spot.key.slice(1)),
  'renamed to a keyword': (spot) => rename(spot, `@${spot.key}`),
  'moved under a keyword': (spot, { random }) => {
    const value = valueAt(spot)
    const under = { [spot.key]: value }
    rename(spot, pick(KEYWORDS, random), random(2) === 0 ? under : [under])
  },
  'wrapped in a list': (spot) => set(spot, [valueAt(spot)]),
  'taken out of its list': (spot) => {
    const value = valueAt(spot)
    if (Array.isArray(value)) set(spot, value[0])
  },
  'turned into a reference': (spot) => set(spot, { id: valueAt(spot) }),
  'list reordered': (spot, { random }) => {
    const value = valueAt(spot)
    if (Array.isArray(value)) value.push(...value.splice(random(value.length + 1), 1))
    if (Array.isArray(value)) value.reverse()
  },
  'item repeated': (spot) => {
    const value = valueAt(spot)
    if (Array.isArray(value)) value.push(structuredClone(value[0]))
  },
  'exchanged with another': (spot, { spots, random }) => {
    const other = pick(spots, random)
    const [one, two] = [structuredClone(valueAt(spot)), structuredClone(valueAt(other))]
    set(spot, two)
    set(other, one)
  },
  'copied elsewhere': (spot, { spots, random }) => {
    const value = structuredClone(valueAt(spot))
    addNear(pick(spots, random), spot.key, value)
  },
  'moved elsewhere': (spot, { spots, random }) => {
    const value = valueAt(spot)
    const target = pick(spots, random)
    remove(spot)
    addNear(target, spot.key, structuredClone(value))
  },
  'node split': (spot, { root, spots, random }) => {
    const value = valueAt(spot)
    const id = structuredClone(Array.isArray(spot.holder) ? root['id'] : spot.holder['id'])
    remove(spot)
    addNear(pick(spots, random), pick(MEMBERS, random), { id, [spot.key]: structuredClone(value) })
  },
  'context changed': (_spot, { root, random }) => {
    const contexts = Array.isArray(root['@context']) ? root['@context'] : []
    const at = random(contexts.length + 1)
    contexts.splice(at, random(2), structuredClone(pick(CONTEXTS, random)))
  },
  'context nested': (spot, { random }) =>
    addNear(spot, '@context', structuredClone(pick(CONTEXTS, random))),
  'proof changed': (_spot, { root, random }) => {
    const proofs = [root['proof']].flat()
    const proof = proofs[random(proofs.length)]
    if (!isContainer(proof) || Array.isArray(proof)) return
    const key = pick(Object.keys(proof), random)
    proof[key] = random(2) === 0 ? pick(TEXTS, random) : changeText(String(proof[key]), random)
  },
  'proof removed or repeated': (_spot, { root, random }) => {
    const proofs = [root['proof']].flat()
    const at = random(proofs.length + 1)
    if (random(2) === 0) proofs.splice(at, 1)
    else proofs.push(structuredClone(proofs[0]))
    root['proof'] = proofs
  },
}

/** Other texts for the same JSON, and texts that only some readers take for the same. */
const SPELLINGS: Readonly<Record<string, (text: string, random: Random) => string>> = {
  'spelt with escapes': (text, random) => {
    const letter = pick([...'aeinortdv'], random)
    const code = letter.charCodeAt(0).toString(16).padStart(4, '0')
    return text.replaceAll(letter, `\\u${code}`)
  },
  'spelt with white space': (text) => JSON.stringify(JSON.parse(text), null, '\t'),
  'member said twice': (text, random) => {
    const member = pick(
      ['"validUntil":"2099-01-01T00:00:00Z"', '"name":"x"', '"id":"urn:x"'],
      random,
    )
    return random(2) === 0 ? `{${member},${text.slice(1)}` : `${text.slice(0, -1)},${member}}`
  },
  'number respelt': (text, random) =>
    text.replace(/:(\d)/, pick([':$1.0', ':$1e0', ':0$1'], random)),
  'byte changed': (text, random) => {
    const at = random(text.length)
    return text.slice(0, at) + String.fromCharCode(32 + random(95)) + text.slice(at + 1)
  },
  'cut off': (text, random) => text.slice(0, random(text.length)),
  'something added': (text, random) => text + pick(['{}', ',', '\u0000', '\ufeff', ']'], random),
}

function spotsOf(value: unknown): readonly Spot[] {
  if (!isContainer(value)) return []
  return Object.keys(value).flatMap((key) => [
    { holder: value, key },
    ...spotsOf(Reflect.get(value, key)),
  ])
}

function changeText(text: string, random: Random): string {
  if (random(3) === 0) return pick(TEXTS, random)
  const at = random(text.length + 1)
  return text.slice(0, at) + pick([...'aZ09 .-/#é\u202e'], random) + text.slice(at + random(2))
}

function valueAt({ holder, key }: Spot): unknown {
  return Reflect.get(holder, key)
}

function set({ holder, key }: Spot, value: unknown): void {
  Reflect.set(holder, key, value)
}

function remove({ holder, key }: Spot): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1)
  else delete holder[key]
}

/** Adds a member to the value, when it is an object, or else beside it. */
function addNear(spot: Spot, name: string, member: unknown): void {
  const value = valueAt(spot)
  const target = isContainer(value) ? value : spot.holder
  if (Array.isArray(target)) target.push(member)
  else target[name] = member
}

function rename(
  { holder, key }: Spot,
  to: string,
  value: unknown = Reflect.get(holder, key),
): void {
  if (Array.isArray(holder)) return
  delete holder[key]
  holder[to] = value
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null
}

function pick<T>(items: readonly T[], random: Random): T {
  return items[random(items.length)] as T
}
