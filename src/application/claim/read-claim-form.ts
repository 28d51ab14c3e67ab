/** The earner's form: every field is held to what the form offers. */
import { IssuerError } from '../../domain/issuer-error.js'
import type { Claim } from '../../domain/visibility.js'
import type { ClaimItem } from './claim-badge.js'

const NAMES = ['shown', 'initials', 'hidden'] as const
const PREVIEWS = ['named', 'plain'] as const

/**
 * @param items what the badge has; only those that the reviewers let out can be chosen
 * @throws REQUEST_INVALID
 */
export function readClaimForm(form: URLSearchParams, items: readonly ClaimItem[]): Claim {
  const chosen = new Set(form.getAll('evidence'))
  const offered = items.filter(({ mayShow, isSigned }) => mayShow || isSigned)
  const evidence = offered
    .map(({ position }) => position)
    .filter((position) => chosen.delete(String(position)))
  if (chosen.size > 0)
    throw invalid('/evidence', 'Choose among the pieces of work that the form offers.')
  return {
    name: oneOf(NAMES, form, 'name', 'Choose how your name is shown.'),
    evidence,
    listed: form.get('listed') === 'on',
    preview: oneOf(PREVIEWS, form, 'preview', 'Choose what the preview of a link says.'),
  }
}

function oneOf<T extends string>(
  values: readonly T[],
  form: URLSearchParams,
  field: string,
  sentence: string,
): T {
  const value = values.find((one) => one === form.get(field))
  if (value === undefined) throw invalid(`/${field}`, sentence)
  return value
}

function invalid(pointer: string, sentence: string): IssuerError {
  return new IssuerError('REQUEST_INVALID', sentence, {
    pointer,
    faults: [{ pointer, detail: sentence }],
  })
}
