/** The status of an issued badge: who may move it where, and the reason that goes with it. */
import { isPlainLine } from './plain-words.js'

export type StatusState = 'valid' | 'suspended' | 'revoked'

export const STATUS_CHANGES = ['revoke', 'suspend', 'reinstate'] as const
export type StatusChange = (typeof STATUS_CHANGES)[number]

/** Why a status was changed, in plain words; shown to people only when it is public. */
export type StatusReason = { readonly text: string; readonly isPublic: boolean }

export const MAX_REASON_CHARS = 500

export type StatusMove = { readonly to: StatusState } | { readonly refusal: string }

/**
 * The state after a change, or a sentence why there is none. A revocation is final (W3C Bitstring
 * Status List 1.0 section 2.1: purpose `revocation` is not reversible); a suspension is not.
 */
export function changeStatus(state: StatusState, change: StatusChange): StatusMove {
  if (state === 'revoked') return { refusal: REVOKED[change] }
  switch (change) {
    case 'revoke':
      return { to: 'revoked' }
    case 'suspend':
      return state === 'valid'
        ? { to: 'suspended' }
        : { refusal: 'This badge is suspended already.' }
    case 'reinstate':
      return state === 'suspended'
        ? { to: 'valid' }
        : { refusal: 'This badge is in good standing; there is nothing to reinstate.' }
  }
}

const REVOKED: Readonly<Record<StatusChange, string>> = {
  revoke: 'This badge is revoked already.',
  suspend: 'This badge is revoked; that is final, so it cannot be suspended.',
  reinstate: 'This badge is revoked; that is final. Issue a new badge instead.',
}

/** How the audit log names a change that was made. */
export const CHANGE_MADE: Readonly<Record<StatusChange, 'revoked' | 'suspended' | 'reinstated'>> = {
  revoke: 'revoked',
  suspend: 'suspended',
  reinstate: 'reinstated',
}

/**
 * Checks a reason: one line of plain text, 1 to 500 characters when trimmed.
 * @returns the reason's text, or a sentence that says what is wrong with it
 */
export function readReason(input: unknown): { readonly text: string } | { readonly fault: string } {
  if (typeof input !== 'string') return { fault: 'Say why, in plain words.' }
  // Before anything is done with it: a long text must cost nothing.
  if (input.length > 4 * MAX_REASON_CHARS) return { fault: TOO_LONG }
  const text = input.trim()
  if (text === '') return { fault: 'Say why, in plain words.' }
  if ([...text].length > MAX_REASON_CHARS) return { fault: TOO_LONG }
  if (!isPlainLine(text)) return { fault: NOT_PLAIN }
  return { text }
}

const NOT_PLAIN =
  'The reason must be one line of plain text, without control characters or marks that turn the writing direction.'
const TOO_LONG = `The reason must have at most ${MAX_REASON_CHARS} characters.`
