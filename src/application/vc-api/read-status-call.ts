/** Turns a status call of the VC API into a change of status. */
import { parseBadgeName } from '../../domain/badge-code.js'
import type { StatusChange } from '../../domain/badge-status.js'
import { IssuerError } from '../../domain/issuer-error.js'
import { type JsonValue, member, textMember } from '../../domain/json.js'
import type { StatusRequest } from '../change-status.js'
import { readStatusRequest } from '../read-status-request.js'

const NO_REASON = 'Changed through the VC API.'

/**
 * VC API, update status: purpose `revocation` revokes, `suspension` suspends; `status` false takes it back.
 * @param body `credentialId`, `credentialStatus` and, optionally, `status`, `reason` and `public`
 * @throws STATUS_CHANGE_INVALID with a pointer, NOT_FOUND for what is no badge of ours
 */
export function readStatusCall(baseUrl: string, body: JsonValue): StatusRequest {
  const id = textMember(body, 'credentialId')
  if (id === undefined) throw invalid('/credentialId', 'must be the id of the credential')
  const change = readChange(body)
  const start = `${baseUrl}/badges/`
  const code = id.startsWith(start) ? parseBadgeName(id.slice(start.length), /\.json$/) : undefined
  if (code === undefined) {
    throw new IssuerError('NOT_FOUND', `“${id.slice(0, 200)}” is not a credential of this service.`)
  }
  const reason = member(body, 'reason') ?? NO_REASON
  const isPublic = member(body, 'public') ?? false
  return readStatusRequest(code, { change, reason, public: isPublic })
}

function readChange(body: JsonValue): StatusChange {
  const entry = member(body, 'credentialStatus')
  if (textMember(entry, 'type') !== 'BitstringStatusListEntry')
    throw invalid('/credentialStatus/type', 'must be BitstringStatusListEntry')
  const status = member(body, 'status') ?? true
  if (typeof status !== 'boolean') throw invalid('/status', 'must be true or false')
  const purpose = textMember(entry, 'statusPurpose')
  if (purpose !== 'revocation' && purpose !== 'suspension')
    throw invalid('/credentialStatus/statusPurpose', 'must be revocation or suspension')
  if (!status) return 'reinstate'
  return purpose === 'revocation' ? 'revoke' : 'suspend'
}

function invalid(pointer: string, detail: string): IssuerError {
  const faults = [{ pointer, detail }]
  return new IssuerError('STATUS_CHANGE_INVALID', `${pointer} ${detail}.`, { pointer, faults })
}
