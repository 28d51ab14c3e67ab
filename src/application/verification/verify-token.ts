/** Verifies one credential in a VC-JWT (OB 3.0 section 8.2). */
import type { VerifyOptions, VerifyResult } from '../ports/verifier.js'
import { notReached } from './unread-inputs.js'
import type { VerifyingParts } from './verifying-parts.js'

export async function verifyToken(
  parts: VerifyingParts,
  _token: string,
  _options: VerifyOptions,
): Promise<VerifyResult> {
  const sentence = 'Tokens are not checked yet.'
  return notReached(parts.clock.now(), [], { kind: 'unread', code: 'token', sentence })
}
