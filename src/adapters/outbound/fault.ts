/** Why there is no document, in one sentence each; none names an address that was looked up. */
import type { OutboundAnswer, OutboundFault } from '../../application/ports/outbound.js'

export type Fault = Extract<OutboundAnswer, { readonly kind: 'fault' }>

export function fault(name: OutboundFault, sentence: string): Fault {
  return { kind: 'fault', fault: name, sentence }
}

export function isFault(value: { readonly kind: string }): value is Fault {
  return value.kind === 'fault'
}
