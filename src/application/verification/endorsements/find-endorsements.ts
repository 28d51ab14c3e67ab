/** The endorsements in a badge, in each form, with what they may be about. */
import { isEnvelope } from '../../../domain/envelope.js'
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  listMember,
  member,
  pointerTo,
  textMember,
  walkJson,
} from '../../../domain/json.js'

export type Endorsed = {
  readonly pointer: string
  /** A credential, an envelope, or the text of a token. */
  readonly endorsement: JsonValue
  /** The ids of what it may be about. */
  readonly about: readonly string[]
}

/** Those in the document itself; what a token holds is not looked through. */
export function* endorsementsIn(document: JsonObject): Generator<Endorsed> {
  for (const { value: holder, pointer } of walkJson(document)) {
    if (!isJsonObject(holder)) continue
    for (const name of ['endorsement', 'endorsementJwt']) {
      const isList = Array.isArray(member(holder, name))
      for (const [index, endorsement] of listMember(holder, name).entries()) {
        const at = pointerTo(pointer, name)
        const about = idsOf([holder, ...thingsIn(document)])
        yield { pointer: isList ? pointerTo(at, index) : at, endorsement, about }
      }
    }
  }
}

/** An endorsement is about what it stands in, or about the badge, what it is for, or who takes part. */
function thingsIn(document: JsonObject): readonly unknown[] {
  const subject = member(document, 'credentialSubject')
  return [document, subject, member(subject, 'achievement'), member(document, 'issuer')]
}

function idsOf(nodes: readonly unknown[]): readonly string[] {
  return nodes.flatMap((node) => textMember(node, 'id') ?? [])
}

/**
 * The badge without endorsements in envelopes. The schemas of Open Badges know tokens in `endorsementJwt`
 * only; the raw gate saw to the form of envelopes.
 */
export function withoutEnvelopes(document: JsonObject): JsonObject {
  const entries = Object.entries(document).flatMap(([name, value]): [string, JsonValue][] => {
    const left = name === 'endorsement' ? withoutOwn(value) : value
    return left === undefined ? [] : [[name, below(left)]]
  })
  return Object.fromEntries(entries)
}

function withoutOwn(value: JsonValue): JsonValue | undefined {
  if (!Array.isArray(value)) return isEnvelope(value) ? undefined : value
  const left = value.filter((item) => !isEnvelope(item))
  return left.length === 0 ? undefined : left
}

function below(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(below)
  return isJsonObject(value) ? withoutEnvelopes(value) : value
}
