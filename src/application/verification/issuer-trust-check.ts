/** Does somebody vouch for the issuer? A note for the reader, never part of the verdict. */
import { IssuerError } from '../../domain/issuer-error.js'
import type { JsonObject } from '../../domain/json.js'
import {
  findVouching,
  hasForeignLetters,
  type TrustList,
  type Vouching,
} from '../../domain/trust-list.js'
import type { Check } from '../../domain/verification-report.js'
import type { OwnRecords } from '../ports/verifier.js'
import { passed, problem, skipped, unknown } from './check-results.js'
import { issuerIdOf } from './issuer-key-check.js'

export type TrustParts = {
  /** The lists that the operator chose, in that order. */
  readonly trustLists: readonly TrustList[]
  readonly records: OwnRecords
}

/** More lists than these are counted and not named. */
const NAMED_LISTS = 3

/**
 * Asks our own records, then the lists. The identifier comes first in every sentence: what an issuer calls
 * itself is a claim and is not repeated here; a name is given only as a list has it.
 * @param isProven whether issuer key and proofs passed; else the issuer is only who is named
 */
export async function checkIssuerTrust(
  document: JsonObject,
  { trustLists, records }: TrustParts,
  isProven: boolean,
): Promise<Check> {
  if (!isProven)
    return skipped('issuerTrust', 'Without a sound signature, nobody was asked about the issuer.')
  const id = issuerIdOf(document)
  if (await isOurs(id, records))
    return passed('issuerTrust', `${shown(id)} is an issuer of this service itself.`)
  const vouching = findVouching(trustLists, id)
  if (vouching.length > 0)
    return passed('issuerTrust', `${shown(id)} ${inWords(vouching)}.${foreignLetters(id)}`)
  if (trustLists.length === 0)
    return skipped(
      'issuerTrust',
      `Whether to trust this issuer is yours to judge; no list of issuers was asked.${foreignLetters(id)}`,
    )
  const names = listNames(trustLists.map(({ name }) => name))
  const sentence = `${shown(id)} is not on any of the lists that this service asks (${names}).${foreignLetters(id)}`
  const next = 'Look at the address in its identifier, and judge for yourself whether you know it.'
  return unknown('issuerTrust', sentence, [problem('issuer-not-listed', '/issuer/id')], next)
}

/** Our records may be silent for a moment; a note is not worth an error. */
async function isOurs(id: string, records: OwnRecords): Promise<boolean> {
  try {
    return (await records.findController(id)) !== undefined
  } catch (error) {
    if (error instanceof IssuerError && error.code === 'STORE_UNAVAILABLE') return false
    throw error
  }
}

function inWords(vouching: readonly Vouching[]): string {
  const [first] = vouching
  const lists = listNames(vouching.map(({ list }) => list))
  const name = first?.issuer.name === undefined ? '' : ` (“${first.issuer.name}”)`
  if (first?.isDelegate === true)
    return `may act for ${shown(first.issuer.id)}${name}, for whom ${lists} vouches`
  const called = name === '' ? '' : `; “${first?.list}” calls it “${first?.issuer.name}”`
  return `is vouched for by ${lists}${called}`
}

function listNames(names: readonly string[]): string {
  const rest = names.length - NAMED_LISTS
  const named = names.slice(0, NAMED_LISTS).map((name) => `“${name}”`)
  return `${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

function foreignLetters(id: string): string {
  return hasForeignLetters(id)
    ? ' Take care: its address is written with letters of another alphabet, which can be made to look like a name that you know.'
    : ''
}

/** An identifier can be long; its beginning, with the host, tells whose it is. */
function shown(id: string): string {
  return id.length > 200 ? `${id.slice(0, 200)}…` : id
}
