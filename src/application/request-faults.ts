/** What is wrong with the members of a request, in one form for all that are read by hand. */
import { type ErrorCode, type Fault, IssuerError } from '../domain/issuer-error.js'
import { type JsonObject, pointerTo } from '../domain/json.js'

/** So many unknown members are named. */
const MAX_UNKNOWN = 20
const MAX_NAME = 60

/** A fault for each member that is none of `members`, 20 at most. */
export function unknownMembers(body: JsonObject, members: readonly string[]): Fault[] {
  return Object.keys(body)
    .filter((name) => !members.includes(name))
    .slice(0, MAX_UNKNOWN)
    .map((name) => name.slice(0, MAX_NAME))
    .map((name) => ({ pointer: pointerTo('', name), detail: `“${name}” is not known here.` }))
}

/** The refusal of a request for these faults; it speaks of the first. */
export function refusedFor(code: ErrorCode, faults: readonly Fault[]): IssuerError {
  const [first] = faults
  return new IssuerError(code, first?.detail ?? '', {
    ...(first === undefined ? {} : { pointer: first.pointer }),
    faults,
  })
}
