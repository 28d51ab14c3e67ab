/** Lists of statuses at their addresses: each is asked for, proven and unpacked once, however many entries name it. */
import type { FetchedDocument } from '../read-signed.js'
import type { VerifyingParts } from '../verifying-parts.js'
import { type EntryFinding, LATER, open } from './entry-finding.js'
import { type SignedList, verifySignedList } from './signed-list.js'

export type ListReader = {
  /** The bytes at an address, or why there are none. */
  fetched(url: string): FetchedDocument | NotHere
  /** The signed list at an address. */
  signed(url: string): Promise<SignedList | NotHere>
}

export type NotHere = {
  readonly kind: 'not-here'
  readonly code: string
  readonly sentence: string
}

/** @param parts what is not there yet is noted as wanted, and the pass does not count */
export function createListReader(parts: VerifyingParts): ListReader {
  const proven = new Map<string, Promise<SignedList | NotHere>>()
  const fetched = (url: string) => find(parts, url)
  const prove = async (url: string) => {
    const found = fetched(url)
    return found.kind === 'document' ? verifySignedList(parts, found) : found
  }
  return {
    fetched,
    signed(url) {
      const known = proven.get(url) ?? prove(url)
      proven.set(url, known)
      return known
    },
  }
}

function find(parts: VerifyingParts, url: string): FetchedDocument | NotHere {
  const answer = parts.fetched.find({ url, purpose: 'status' })
  if (answer?.kind === 'document') return answer
  if (answer === undefined) return { kind: 'not-here', code: 'status-wanted', sentence: UNKNOWN }
  const sentence = `${UNKNOWN} ${answer.sentence}`
  return { kind: 'not-here', code: 'status-unreachable', sentence }
}

const UNKNOWN = 'Whether the issuer has withdrawn it could not be looked up.'

export function notHere({ code, sentence }: NotHere, pointer: string): EntryFinding {
  return open(code, sentence, pointer, LATER)
}
