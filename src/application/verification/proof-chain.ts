/** Proofs that were made over other proofs (Data Integrity 1.0 section 2.1.2, `previousProof`). */
import { type JsonObject, listMember, textMember } from '../../domain/json.js'
import type { ProofEntry } from '../../domain/proof.js'

export type Previous =
  | { readonly kind: 'resolved'; readonly proofs: readonly JsonObject[] }
  /** It refers to what is not there, twice there, or to itself. */
  | { readonly kind: 'broken'; readonly sentence: string }
  /** It was made over a proof of a kind of which nothing is read here. */
  | { readonly kind: 'unread' }

/**
 * The proofs that one was made over, in the order in which it names them.
 * @param all the proofs of the document
 */
export function resolvePrevious(proof: ProofEntry, all: readonly ProofEntry[]): Previous {
  const names = listMember(proof.node, 'previousProof')
  const proofs: JsonObject[] = []
  for (const name of names) {
    const named = all.filter(({ node }) => textMember(node, 'id') === name)
    const [only] = named
    if (named.length > 1) return broken('The signature refers to an id that two others have.')
    if (only === undefined)
      return broken('The signature was made over another one that is missing.')
    if (!only.isSupported) return { kind: 'unread' }
    if (isMadeOver(only, proof, all)) return broken('Two signatures were each made over the other.')
    proofs.push(only.node)
  }
  return { kind: 'resolved', proofs }
}

/** Whether a proof depends on another, however indirectly; the number of proofs bounds the way. */
function isMadeOver(
  proof: ProofEntry,
  other: ProofEntry,
  all: readonly ProofEntry[],
  seen: readonly ProofEntry[] = [],
): boolean {
  if (proof.node === other.node) return true
  if (seen.includes(proof)) return false
  const names = listMember(proof.node, 'previousProof')
  return all
    .filter(({ node }) => names.includes(textMember(node, 'id') ?? Number.NaN))
    .some((one) => isMadeOver(one, other, all, [...seen, proof]))
}

function broken(sentence: string): Previous {
  return { kind: 'broken', sentence }
}
