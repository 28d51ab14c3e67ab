/** Corrects one badge at the terminal. */
import { readTextFile } from '../../adapters/files/read-text.js'
import { OPERATOR } from '../../application/actor.js'
import { correctBadge } from '../../application/correct-badge.js'
import { readCorrection } from '../../application/read-correction.js'
import type { Settings } from '../../config/settings.js'
import { badgeUrl } from '../../domain/badge-code.js'
import { IssuerError } from '../../domain/issuer-error.js'
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/json.js'
import { parseRequestJson } from '../../domain/raw-gate/request-json.js'
import { compose } from '../compose.js'
import { say } from '../terminal.js'

export type CorrectOptions = {
  readonly reason: string
  readonly public?: boolean
  readonly name?: string
  readonly email?: string
  /** JSON with any of `candidate`, `rubric`, `evidence`, `consent`. */
  readonly file?: string
}

/** Prints the address of the badge that takes the place of `code`. */
export async function correctOne(
  settings: Settings,
  code: string,
  options: CorrectOptions,
): Promise<void> {
  const request = readCorrection(code, toBody(options))
  const { issuing, reviewParser } = await compose(settings)
  try {
    const { badge } = await correctBadge(issuing, reviewParser, OPERATOR, request)
    say(`${badgeUrl(settings.baseUrl, badge.code)} replaces ${request.code}`)
  } finally {
    await issuing.database.close()
  }
}

function toBody({ reason, name, email, file, public: isPublic }: CorrectOptions): JsonObject {
  const change = file === undefined ? {} : readChange(file)
  const named = {
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email }),
  }
  return {
    ...change,
    ...(Object.keys(named).length === 0 ? {} : { candidate: merged(change['candidate'], named) }),
    reason,
    ...(isPublic === undefined ? {} : { public: isPublic }),
  }
}

/** What is no object stays, to be refused. */
function merged(candidate: JsonValue | undefined, named: JsonObject): JsonValue {
  if (candidate === undefined) return named
  return isJsonObject(candidate) ? { ...candidate, ...named } : candidate
}

function readChange(file: string): JsonObject {
  const text = readTextFile(file, 'REQUEST_INVALID')
  const change = parseRequestJson(new TextEncoder().encode(text))
  if (isJsonObject(change)) return change
  throw new IssuerError('REQUEST_INVALID', `${file} must hold an object with what is corrected.`)
}
