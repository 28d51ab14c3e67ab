/** What a value in a list means for the badge (Bitstring Status List 1.0 section 2.1). */
import { problem } from '../check-results.js'
import { type EntryFinding, type Note, open, stands, withdrawn } from './entry-finding.js'
import type { ListEntry } from './list-entry.js'

export function judgeValue(entry: ListEntry, value: number): EntryFinding {
  const { purpose, pointer } = entry
  const message = entry.messages.get(value)
  if (purpose === 'message') return judgeMessage(message, pointer)
  if (value === 0) return stands()
  const says = message === undefined ? '' : ` It says: “${message}”.`
  switch (purpose) {
    case 'revocation':
      return withdrawn('revoked', `The issuer has revoked this badge.${says}`, pointer)
    case 'suspension':
      return withdrawn(
        'suspended',
        `The issuer has suspended this badge for the time being, so it is not valid now.${says}`,
        pointer,
      )
    case 'refresh':
      return stands([newer(says, pointer)])
    default:
      return open(
        'status-purpose',
        `The issuer has marked it for a purpose that is not known here (“${purpose.slice(0, 80)}”).${says}`,
        `${pointer}/statusPurpose`,
      )
  }
}

/** A message tells something and decides nothing; one that cannot be read may be anything. */
function judgeMessage(message: string | undefined, pointer: string): EntryFinding {
  if (message === undefined)
    return open('status-message', UNREAD_MESSAGE, `${pointer}/statusMessage`)
  const sentence = `The issuer says of its status: “${message}”.`
  return stands([{ sentence, problem: problem('status-message', pointer) }])
}

const UNREAD_MESSAGE =
  'The issuer has left a message in its status that the badge does not explain.'

function newer(says: string, pointer: string): Note {
  const sentence = `The issuer says that there is a newer version of it.${says}`
  return { sentence, problem: problem('status-refresh', pointer) }
}
