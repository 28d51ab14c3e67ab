/** One pass over an input: judged with what is at hand, and what else it would have needed. */
import type { ReadInput } from '../ports/inputs.js'
import type { Answers, PassResult, VerifyOptions } from '../ports/verifier.js'
import { createControllerDocuments } from './controller-documents.js'
import { createPassDocuments } from './fetched-documents.js'
import { verifyInput } from './verify-input.js'
import type { VerifyingParts } from './verifying-parts.js'

/**
 * @param input the bytes as they were brought, or how far an earlier pass read them
 * @returns a full report for any input; throws only for bugs
 */
export async function judge(
  parts: VerifyingParts,
  input: Uint8Array | ReadInput,
  options: VerifyOptions,
  answers: Answers,
): Promise<PassResult> {
  const fetched = createPassDocuments(answers)
  const controllers = createControllerDocuments(parts.records, fetched)
  const judged = await verifyInput({ ...parts, fetched, controllers }, input, options)
  return { ...judged, wanted: fetched.wanted() }
}
