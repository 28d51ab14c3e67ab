/** The documents of one pass, and what it would have needed beside them. */
import type { OutboundAnswer } from '../ports/outbound.js'
import type { FetchedDocuments, WantedDocument } from '../ports/verifier.js'

export type PassDocuments = FetchedDocuments & {
  /** What was looked for and not there, each address once, in the order of the first asking. */
  wanted(): readonly WantedDocument[]
}

/** @param answers by address, as it was asked for */
export function createPassDocuments(answers: ReadonlyMap<string, OutboundAnswer>): PassDocuments {
  const missing = new Map<string, WantedDocument>()
  return {
    find(wanted) {
      const answer = answers.get(wanted.url)
      if (answer === undefined && !missing.has(wanted.url)) missing.set(wanted.url, wanted)
      return answer
    },
    isWaiting: () => missing.size > 0,
    wanted: () => [...missing.values()],
  }
}

/** Nothing came, and nothing will. */
export const NO_NETWORK: OutboundAnswer = {
  kind: 'fault',
  fault: 'no-connection',
  sentence: 'This service does not look anything up elsewhere.',
}

/** For judging without any network. */
export const NOTHING_FETCHED: FetchedDocuments = {
  find: () => NO_NETWORK,
  isWaiting: () => false,
}
