/** One entry that points into a list of bits: what it says, or what is wrong with how it says it. */
import {
  isJsonObject,
  type JsonObject,
  listMember,
  member,
  textMember,
} from '../../../domain/json.js'
import { problem } from '../check-results.js'
import { type EntryFinding, faulty, type Note, open } from './entry-finding.js'

/** The kinds of list: what the list and what is in it must say that they are. */
const KINDS = {
  BitstringStatusListEntry: {
    credential: 'BitstringStatusListCredential',
    subject: 'BitstringStatusList',
  },
  /** Its forerunner, of the Community Group. */
  StatusList2021Entry: { credential: 'StatusList2021Credential', subject: 'StatusList2021' },
} as const

export type ListKind = keyof typeof KINDS

export type ListEntry = {
  readonly kind: ListKind
  /** Types that the list must have. */
  readonly types: (typeof KINDS)[ListKind]
  readonly listUrl: string
  readonly purpose: string
  readonly index: number
  /** Bits of each entry. */
  readonly size: number
  /** What the values mean, by value. */
  readonly messages: ReadonlyMap<number, string>
  readonly pointer: string
  readonly notes: readonly Note[]
}

export function isListKind(type: string | undefined): type is ListKind {
  return type !== undefined && Object.hasOwn(KINDS, type)
}

/**
 * Bitstring Status List 1.0 section 2.1; the forerunner has neither sizes nor messages.
 * @returns the entry, or the finding when it cannot be looked up as it stands
 */
export function readListEntry(
  node: JsonObject,
  kind: ListKind,
  pointer: string,
): ListEntry | { readonly finding: EntryFinding } {
  const listUrl = textMember(node, 'statusListCredential')
  const purpose = textMember(node, 'statusPurpose')
  if (listUrl === undefined || purpose === undefined)
    return { finding: open('status-unverifiable', UNREAD, pointer) }
  const index = readIndex(node)
  if (index === undefined) return { finding: outOfRange(pointer, NO_NUMBER) }
  const size = kind === 'StatusList2021Entry' ? 1 : (member(node, 'statusSize') ?? 1)
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1 || size > MAX_SIZE)
    return { finding: open('status-size', BAD_SIZE, `${pointer}/statusSize`) }
  const messages = readMessages(node)
  if (size > 1 && messages.size === 0)
    return { finding: open('status-message', NO_MESSAGES, `${pointer}/statusMessage`) }
  const notes = typeof member(node, 'statusListIndex') === 'number' ? [asNumber(pointer)] : []
  return { kind, types: KINDS[kind], listUrl, purpose, index, size, messages, pointer, notes }
}

const MAX_SIZE = 8
const UNREAD = 'It does not name its status in a form we read.'
const NO_NUMBER = 'Its place in the status list is not a number of that list.'
const BAD_SIZE = `Its status takes another number of bits than the 1 to ${MAX_SIZE} that are read here.`
const NO_MESSAGES = 'Its status can have several values, and it does not say what they mean.'

export function outOfRange(pointer: string, sentence: string): EntryFinding {
  return faulty('status-range', sentence, `${pointer}/statusListIndex`)
}

/** The index as the standard writes it, a base-10 string; undefined for any other form. */
export function readDecimalIndex(node: JsonObject): number | undefined {
  const text = textMember(node, 'statusListIndex') ?? ''
  return /^(0|[1-9][0-9]{0,9})$/.test(text) ? Number(text) : undefined
}

const MAX_INDEX = 9_999_999_999

/** Examples of Open Badges write a number, and so do issuers; it can be read in one way only. */
function readIndex(node: JsonObject): number | undefined {
  const value = member(node, 'statusListIndex')
  if (typeof value !== 'number') return readDecimalIndex(node)
  return Number.isInteger(value) && value >= 0 && value <= MAX_INDEX ? value : undefined
}

function asNumber(pointer: string): Note {
  return {
    sentence: 'Its place in the list is written as a number, where the standard wants text.',
    problem: problem('status-index-number', `${pointer}/statusListIndex`),
  }
}

/** `statusMessage`: values in hex, like `0x1`, and what they mean. */
function readMessages(node: JsonObject): ReadonlyMap<number, string> {
  const entries = listMember(node, 'statusMessage').filter(isJsonObject)
  return new Map(
    entries.flatMap((entry) => {
      const status = textMember(entry, 'status') ?? ''
      const message = textMember(entry, 'message')
      const isRead = /^0x[0-9a-f]{1,2}$/i.test(status) && message !== undefined
      return isRead ? [[Number(status), message.slice(0, MAX_MESSAGE_CHARS)] as const] : []
    }),
  )
}

const MAX_MESSAGE_CHARS = 200
