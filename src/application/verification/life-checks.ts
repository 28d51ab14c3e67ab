/** Is today within the dates of the badge? */
import { type JsonObject, member } from '../../domain/json.js'
import { mayLeaveOut } from '../../domain/proof.js'
import { parseTimestamp } from '../../domain/timestamps.js'
import type { Check } from '../../domain/verification-report.js'
import { failed, passed, problem } from './check-results.js'
import { CLOCK_SKEW_MS } from './proof-check.js'

/** The members that may say so, of data model 2.0 and of 1.1, whose context knows them all. */
const STARTS = ['validFrom', 'issuanceDate']
const ENDS = ['validUntil', 'expirationDate']

/**
 * VCDM 2.0 section 4.9 and its 1.1 names; OB 3.0 section 9.1 step 4. Of two starts the later
 * counts, of two ends the earlier: no name can hide another.
 */
export function checkDates(document: JsonObject, nowMs: number): Check {
  const { from, until } = lifeOf(document)
  if (from === undefined) {
    return failed('dates', 'It does not say from when it is valid.', [
      problem('no-start', '/validFrom'),
    ])
  }
  if (until !== undefined && until.ms < from.ms) {
    return failed('dates', 'It ends before it begins.', [
      problem('dates-reversed', `/${until.name}`),
    ])
  }
  if (from.ms - CLOCK_SKEW_MS > nowMs) {
    const sentence = `It is not valid yet; it begins on ${inWords(from.ms)}.`
    const problems = [problem('not-yet-valid', `/${from.name}`)]
    return failed('dates', sentence, problems, 'Look again then.')
  }
  if (until !== undefined && until.ms + CLOCK_SKEW_MS < nowMs) {
    const sentence = `It expired on ${inWords(until.ms)}.`
    const problems = [problem('expired', `/${until.name}`)]
    return failed('dates', sentence, problems, 'Ask whether it was renewed.')
  }
  const end = until === undefined ? endless(document) : `It is valid until ${inWords(until.ms)}.`
  return passed('dates', end)
}

function endless(document: JsonObject): string {
  return mayLeaveOut(document)
    ? 'It shows no end; who showed it may have left one out, as far as its issuer allowed that.'
    : 'It does not expire.'
}

type Moment = { readonly name: string; readonly ms: number }

/** From when, and until when: the latest start and the earliest end that it names. */
export function lifeOf(document: JsonObject): {
  readonly from: Moment | undefined
  readonly until: Moment | undefined
} {
  const [until] = momentsOf(document, ENDS)
  return { from: momentsOf(document, STARTS).at(-1), until }
}

/** The dates that stand there, earliest first. */
function momentsOf(document: JsonObject, names: readonly string[]): readonly Moment[] {
  const moments = names.flatMap((name) => {
    const ms = parseTimestamp(member(document, name))
    return ms === undefined ? [] : [{ name, ms }]
  })
  return moments.sort((a, b) => a.ms - b.ms)
}

export function inWords(ms: number): string {
  return new Date(ms).toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
}
