/** The review system's side: posts reviews and repeats them until they are acknowledged. */
import { setTimeout as sleep } from 'node:timers/promises'

const PATIENCE_MS = 30_000
const FIRST_PAUSE_MS = 50
const MAX_PAUSE_MS = 400

/**
 * @param target `baseUrl` and `token`
 * @returns the badge's code once the review is acknowledged; undefined when the connection broke or
 *   the service was not available
 * @throws Error for any other answer
 */
export async function postReview({ baseUrl, token }, review) {
  const answer = await request(`${baseUrl}/api/v1/reviews`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(review),
  })
  if (answer === undefined || answer.status === 503) return undefined
  if (answer.status !== 200 && answer.status !== 201)
    throw new Error(`${review.id} was answered ${answer.status}: ${answer.text}`)
  return JSON.parse(answer.text).badge.code
}

/**
 * Posts every review, `concurrency` at a time, each until it is acknowledged.
 * @param acknowledged receives id → code at once
 * @returns how many posts were repeated
 */
export async function postAll(target, reviews, concurrency, acknowledged) {
  const waiting = [...reviews].reverse()
  let repeats = 0
  const lane = async () => {
    for (let review = waiting.pop(); review !== undefined; review = waiting.pop()) {
      for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, MAX_PAUSE_MS)) {
        const code = await postReview(target, review)
        if (code !== undefined) {
          acknowledged.set(review.id, code)
          break
        }
        repeats += 1
        await sleep(pauseMs * (0.5 + Math.random()))
      }
    }
  }
  await Promise.all(Array.from({ length: concurrency }, lane))
  return repeats
}

/**
 * Whether a stored badge is served byte for byte and found valid over HTTP.
 * @returns '' or what is wrong
 */
export async function verifyServed(baseUrl, badge) {
  const served = await request(`${baseUrl}/badges/${badge.code}.json`, {})
  if (served?.text !== badge.secured_json)
    return `served otherwise (${served?.status ?? 'no answer'})`
  for (;;) {
    const answer = await request(`${baseUrl}/api/v1/verify`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/vc' },
      body: served.text,
    })
    if (answer === undefined) return 'no answer'
    if (answer.status === 200) return describeReport(JSON.parse(answer.text))
    if (answer.status !== 503) return `answered ${answer.status}: ${answer.text}`
    await sleep(50)
  }
}

/** @returns '' for a valid badge, else the verdict and the checks that did not pass */
export function describeReport({ verdict, checks }) {
  if (verdict === 'valid') return ''
  const others = checks.filter((check) => check.outcome !== 'passed')
  return `${verdict} (${others.map((check) => `${check.name} ${check.outcome}`).join(', ')})`
}

/** Status and whole body, or undefined when the connection broke before the end of the body. */
export async function request(url, options) {
  try {
    const response = await fetch(url, { ...options, signal: AbortSignal.timeout(PATIENCE_MS) })
    return { status: response.status, text: await response.text() }
  } catch {
    return undefined
  }
}
