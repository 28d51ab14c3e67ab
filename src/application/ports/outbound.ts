/** The only way out of the process: documents of others, by address. */

/** What is asked for: the address as it was found, and what may come back. */
export type OutboundRequest = {
  readonly url: string
  /** Value of the `Accept` header. */
  readonly accept: string
}

/** Why there is no document. None of them says anything about a badge. */
export type OutboundFault =
  /** Scheme, port, user info or spelling of the address. */
  | 'url-not-allowed'
  /** The address, or the name behind it, is not a public one. */
  | 'address-not-allowed'
  | 'name-not-found'
  | 'no-connection'
  | 'certificate'
  | 'timeout'
  | 'too-large'
  | 'encoding'
  | 'too-many-redirects'
  /** It answered with a status other than 200. */
  | 'http-status'
  /** Too many requests are out, or too many went to that host. */
  | 'busy'

export type OutboundAnswer =
  | {
      readonly kind: 'document'
      /** The address that answered, after redirects. */
      readonly url: string
      /** Lower case, without parameters; empty when it named none. */
      readonly mediaType: string
      readonly bytes: Uint8Array
    }
  | {
      readonly kind: 'fault'
      readonly fault: OutboundFault
      /** One sentence for a person; names no address that it resolved to. */
      readonly sentence: string
    }

export interface GuardedClient {
  /** Never rejects; never sends cookies, credentials or anything that names who asks. */
  fetch(request: OutboundRequest): Promise<OutboundAnswer>
  close(): Promise<void>
}
