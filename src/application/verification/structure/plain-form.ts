/** The plain form of a document: what appendix A lets an issuer write without a list, as a list. */
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  member,
  pointerTo,
} from '../../../domain/json.js'

export type PlainForm = {
  readonly document: JsonValue
  /** Pointers of the single values that were put into lists. */
  readonly compacted: readonly string[]
}

/** Open Badges 3.0 appendix A: one value instead of a list is allowed for these; the plain schema has none. */
const COMPACTED = ['proof', 'credentialSchema', 'termsOfUse', 'type']

/** Our schema is the plain one. What fits it in this form fits 1EdTech's schema of the compacted form. */
export function toPlainForm(document: JsonObject): PlainForm {
  const compacted: string[] = []
  const plain = toPlain(document, '', compacted)
  return { document: withStatusId(plain), compacted }
}

function toPlain(value: JsonValue, pointer: string, compacted: string[]): JsonValue {
  if (Array.isArray(value))
    return value.map((item, index) => toPlain(item, pointerTo(pointer, index), compacted))
  if (!isJsonObject(value)) return value
  const entries = Object.entries(value).map(([name, item]) => {
    const at = pointerTo(pointer, name)
    const plain = toPlain(item, at, compacted)
    if (!COMPACTED.includes(name) || !needsList(name, plain)) return [name, plain]
    compacted.push(at)
    return [name, [plain]]
  })
  return Object.fromEntries(entries) as JsonObject
}

function needsList(name: string, value: JsonValue): boolean {
  if (Array.isArray(value)) return false
  return name !== 'type' || (typeof value === 'string' && LIST_TYPED.has(value))
}

/** Classes whose `type` the schema wants as a list; the others keep their string. */
const LIST_TYPED = new Set([
  'Profile',
  'Achievement',
  'AchievementSubject',
  'EndorsementSubject',
  'Alignment',
  'Evidence',
  'Result',
  'ResultDescription',
  'RubricCriterionLevel',
  'Related',
  'Address',
])

/** Optional since document 1.4 of the standard; its published schema still asks for it. */
function withStatusId(document: JsonValue): JsonValue {
  const status = member(document, 'credentialStatus')
  if (!isJsonObject(document) || !isJsonObject(status) || 'id' in status) return document
  return { ...document, credentialStatus: { id: 'urn:none', ...status } }
}
