/**
 * One id, one description. RDF merges nodes of the same id, so members and types can be moved between
 * them without breaking a signature: an end date could hide, a name could change places. So one place,
 * the one nearest to the root, says everything; any other place repeats of it what it likes.
 */
import { canonicalJson, hasType, isJsonObject, type JsonObject, walkJson } from '../json.js'
import { GateRefusal } from './gate-refusal.js'

type Description = { readonly node: JsonObject; readonly pointer: string }

/**
 * Checks that what is said of an id is said in one place.
 * @throws GateRefusal `split-node` or `repeated-item`
 */
export function assertDistinctNodes(root: JsonObject): void {
  for (const [id, places] of placesOf(root)) {
    const [nearest] = places.sort((a, b) => depthOf(a) - depthOf(b))
    const described = places.filter(isDescription)
    const [main, ...others] = described
    for (const other of others) if (main !== undefined) assertRepeats(id, main, other)
    // What is said further in than the thing is first named could have stood there.
    if (nearest !== undefined && main !== undefined && main !== nearest)
      assertRepeats(id, nearest, main)
    assertTypes(id, places)
    assertNotInOneList(id, described)
  }
}

/** All places of every id, references among them; an issuer as text is one too. */
function placesOf(root: JsonObject): ReadonlyMap<string, Description[]> {
  const places = new Map<string, Description[]>()
  const issuer = root['issuer']
  if (typeof issuer === 'string') places.set(issuer, [{ node: { id: issuer }, pointer: '/issuer' }])
  for (const { value, pointer } of walkJson(root)) {
    if (!isJsonObject(value)) continue
    const id = value['id']
    if (typeof id !== 'string') continue
    const known = places.get(id) ?? []
    known.push({ node: value, pointer })
    places.set(id, known)
  }
  return places
}

/** Whether it says something beside who and what it is; else it is a reference. */
function isDescription({ node }: Description): boolean {
  return namesOf(node).length > 0
}

/** What a node says beside who and what it is. */
function namesOf(node: JsonObject): readonly string[] {
  return Object.keys(node).filter((name) => name !== 'id' && name !== 'type')
}

function depthOf({ pointer }: Description): number {
  return pointer.split('/').length
}

function assertRepeats(id: string, main: Description, other: Description): void {
  if (isSelfIssued(main, other)) return
  const own = ownNames(other).filter((name) => name !== 'narrative' || !(name in main.node))
  const extra = namesOf(other.node).find((name) => {
    const [here, there] = [other.node[name] ?? null, main.node[name] ?? null]
    return !own.includes(name) && canonicalJson(here) !== canonicalJson(there)
  })
  if (extra === undefined) return
  const detail = `“${extra}” of ${id.slice(0, 200)} is said apart from the rest of it.`
  throw new GateRefusal('split-node', detail, other.pointer)
}

/**
 * Of two places with one id, either both have the same types or they have none in common; what is one
 * thing in one place and another in the other (endorsed, earner, address of criteria) is only that there.
 */
function assertTypes(id: string, places: readonly Description[]): void {
  if (places.length < 2) return
  const setOf = new Map<unknown, string>()
  for (const { node, pointer } of places) {
    const types = [...new Set([node['type'] ?? []].flat())]
    const set = JSON.stringify(types.toSorted())
    const isMixed = types.some((type) => (setOf.get(type) ?? set) !== set)
    if (isMixed || isTwoThings(pointer, types)) {
      const detail = `What ${id.slice(0, 200)} is, is said apart in several places.`
      throw new GateRefusal('split-node', detail, pointer)
    }
    for (const type of types) setOf.set(type, set)
  }
}

function isTwoThings(pointer: string, types: readonly unknown[]): boolean {
  return (
    (types.includes('EndorsementSubject') && types.length > 1) ||
    (types.includes('AchievementSubject') && types.includes('Profile')) ||
    (pointer.endsWith('/criteria') && types.length > 0)
  )
}

/**
 * What is said of a thing where it is endorsed, or where its criteria have its address. Endorsements
 * of a profile say themselves whom they endorse, so it does not matter where they stand.
 */
function ownNames({ node, pointer }: Description): readonly string[] {
  if (hasType(node, 'EndorsementSubject')) return ['endorsementComment']
  if (hasType(node, 'Profile')) return ['endorsement', 'endorsementJwt']
  return pointer.endsWith('/criteria') ? ['narrative'] : []
}

/** Members that an AchievementSubject has and a Profile has not. */
const OF_SUBJECTS = new Set([
  'achievement',
  'activityEndDate',
  'activityStartDate',
  'creditsEarned',
  'identifier',
  'licenseNumber',
  'narrative',
  'result',
  'role',
  'source',
  'term',
])

/** Issuer and earner are one: two descriptions that cannot exchange a member. */
function isSelfIssued(one: Description, other: Description): boolean {
  const [issuer, subject] = [one, other].sort((a, b) => (a.pointer < b.pointer ? 1 : -1))
  if (issuer?.pointer !== '/issuer' || subject?.pointer !== '/credentialSubject') return false
  return (
    namesOf(subject.node).every((name) => OF_SUBJECTS.has(name)) &&
    !namesOf(issuer.node).some((name) => OF_SUBJECTS.has(name))
  )
}

/** Twice in one list, a thing would be shown twice and signed once. */
function assertNotInOneList(id: string, places: readonly Description[]): void {
  const lists = places.flatMap(({ pointer }) => /^(.*)\/\d+$/.exec(pointer)?.[1] ?? [])
  const twice = lists.find((list, position) => lists.indexOf(list) !== position)
  if (twice === undefined) return
  throw new GateRefusal('repeated-item', `${id.slice(0, 200)} stands twice in one list.`, twice)
}
