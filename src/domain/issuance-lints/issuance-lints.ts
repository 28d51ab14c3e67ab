/** All lints, in the order in which they run. The first that fails stops the issue. */
import { criteriaPresent, datesOrdered, resultsRefer, subjectIdentified } from './content-lints.js'
import {
  distinctSiblings,
  links,
  notYetSecured,
  noUnexpectedMember,
  passesOurGate,
  safeMode,
  schema,
} from './form-lints.js'
import { contexts, idIsOurUrl, issuerMatchesKey, statusEntry, types } from './identity-lints.js'
import type { Lint } from './lint.js'

export const ISSUANCE_LINTS: readonly Lint[] = [
  notYetSecured,
  contexts,
  types,
  idIsOurUrl,
  issuerMatchesKey,
  datesOrdered,
  subjectIdentified,
  criteriaPresent,
  resultsRefer,
  statusEntry,
  noUnexpectedMember,
  links,
  distinctSiblings,
  passesOurGate,
  schema,
  safeMode,
]
