/** What a database says after a run, and what of it must not be. */
import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'

/** Reads every row that the invariants are about; `query` takes SQL and gives rows. */
export async function readFacts(query) {
  return {
    reviews: await query('select record_id, source, id, state from reviews'),
    intents: await query(
      'select code, review_record_id, list_id, list_index, document, state from intents',
    ),
    badges: await query('select code, review_record_id, secured_json, digest from badges'),
    entries: await query('select list_id, list_index, code from status_entries'),
    audit: await query('select action, subject from audit_entries'),
  }
}

/**
 * Judges the facts.
 * @param acknowledged a map from the id of each acknowledged review to the code in the answer
 * @returns findings: `name` says what holds, `faults` lists what contradicts it
 */
export function judgeFacts(facts, acknowledged) {
  return [
    ...judgeBadges(facts, acknowledged),
    ...judgeIndexes(facts),
    ...judgeIntents(facts),
    ...judgeAudit(facts),
  ]
}

function judgeBadges({ reviews, badges }, acknowledged) {
  const byId = new Map(reviews.map((review) => [review.id, review]))
  const codes = new Map(reviews.map((review) => [review.record_id, []]))
  for (const badge of badges) codes.get(badge.review_record_id)?.push(badge.code)
  const codesOf = (review) => codes.get(review?.record_id) ?? []
  return [
    {
      name: 'every acknowledged review has exactly one badge, the one in the answer',
      faults: [...acknowledged]
        .filter(([id, code]) => codesOf(byId.get(id)).join() !== code)
        .map(
          ([id, code]) => `${id}: told ${code}, stored ${codesOf(byId.get(id)).join() || 'none'}`,
        ),
    },
    {
      name: 'every recorded review is released and has exactly one badge',
      faults: reviews
        .filter((review) => review.state !== 'released' || codesOf(review).length !== 1)
        .map((review) => `${review.id}: ${review.state}, ${codesOf(review).length} badges`),
    },
    {
      name: 'no review is recorded twice and no code is used twice',
      faults: [
        ...findRepeated(reviews.map((review) => `${review.source}/${review.id}`)),
        ...findRepeated(badges.map((badge) => badge.code)),
      ],
    },
    {
      name: 'every badge is stored whole',
      faults: badges
        .filter((badge) => sha256(badge.secured_json) !== badge.digest)
        .map((badge) => badge.code),
    },
  ]
}

function judgeIndexes({ intents, badges, entries }) {
  const place = ({ list_id, list_index }) => `${list_id}#${list_index}`
  const intended = new Map(intents.map((intent) => [intent.code, place(intent)]))
  const signed = badges.map((badge) => ({ code: badge.code, place: readSignedPlace(badge) }))
  return [
    {
      name: 'no status index is used twice: reserved, intended or signed',
      faults: [entries.map(place), intents.map(place), signed.map((one) => one.place)].flatMap(
        findRepeated,
      ),
    },
    {
      name: 'every badge carries the index that its intent reserved',
      faults: [
        ...signed.filter((one) => one.place !== intended.get(one.code)).map((one) => one.code),
        ...entries.filter((one) => place(one) !== intended.get(one.code)).map((one) => one.code),
      ],
    },
  ]
}

function judgeIntents({ intents, badges }) {
  const documents = new Map(intents.map((intent) => [intent.code, intent.document]))
  return [
    {
      name: 'no intent is open or failed',
      faults: intents
        .filter((intent) => intent.state !== 'done')
        .map((intent) => `${intent.code}: ${intent.state}`),
    },
    {
      name: 'every badge is the document that was intended, with proofs',
      faults: badges
        .filter((badge) => {
          const { proof: _proof, ...document } = JSON.parse(badge.secured_json)
          return !isDeepStrictEqual(document, JSON.parse(documents.get(badge.code) ?? 'null'))
        })
        .map((badge) => badge.code),
    },
  ]
}

function judgeAudit({ reviews, badges, audit }) {
  const subjects = (action) =>
    audit.filter((entry) => entry.action === action).map((entry) => entry.subject)
  const issued = subjects('badge.issued')
  return [
    {
      name: 'the audit log has each badge once, and each review',
      faults: [
        ...findRepeated(issued),
        ...findDifference(new Set(issued), new Set(badges.map((badge) => badge.code))),
        ...findRepeated(subjects('review.recorded')),
        ...(subjects('review.recorded').length === reviews.length ? [] : ['review.recorded']),
        ...subjects('badge.failed'),
      ],
    },
  ]
}

function readSignedPlace(badge) {
  const { statusListCredential, statusListIndex } = JSON.parse(badge.secured_json).credentialStatus
  return `${statusListCredential.split('/').at(-1)}#${statusListIndex}`
}

function findRepeated(values) {
  const seen = new Set()
  return values.filter((value) => {
    const isRepeated = seen.has(value)
    seen.add(value)
    return isRepeated
  })
}

function findDifference(a, b) {
  return [...[...a].filter((value) => !b.has(value)), ...[...b].filter((value) => !a.has(value))]
}

function sha256(text) {
  return createHash('sha256').update(text).digest('hex')
}
