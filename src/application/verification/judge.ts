/** One pass over an input: judged with what is at hand, and what else it would have needed. */
import type { Answers, PassResult, VerifyOptions } from '../ports/verifier.js'
import { createControllerDocuments } from './controller-documents.js'
import { createPassDocuments } from './fetched-documents.js'
import { verifyInput } from './verify-input.js'
import type { VerifyingParts } from './verifying-parts.js'

/** @returns a full report for any bytes; throws only for bugs */
export async function judge(
  parts: VerifyingParts,
  bytes: Uint8Array,
  options: VerifyOptions,
  answers: Answers,
): Promise<PassResult> {
  const fetched = createPassDocuments(answers)
  const controllers = createControllerDocuments(parts.records, fetched)
  const result = await verifyInput({ ...parts, fetched, controllers }, bytes, options)
  return { result, wanted: fetched.wanted() }
}
