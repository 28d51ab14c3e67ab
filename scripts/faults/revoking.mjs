/** The issuer's side of a revocation: asks until it is acknowledged, and looks at the published list. */
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { request } from './client.mjs'

const PAUSE_MS = 100

/**
 * Revokes every badge, `concurrency` at a time, each until it is acknowledged. An answer that was lost
 * may have been a yes: then the next one says that the badge is revoked already.
 * @param acknowledged receives each code at once
 * @param look is called after each acknowledgement and awaited
 * @returns how many requests were repeated
 */
export async function revokeAll(target, codes, concurrency, acknowledged, look) {
  const waiting = [...codes].reverse()
  let repeats = 0
  const lane = async () => {
    for (let code = waiting.pop(); code !== undefined; code = waiting.pop()) {
      let isRepeat = false
      while (!(await revoke(target, code, isRepeat))) {
        isRepeat = true
        repeats += 1
        await sleep(PAUSE_MS * (0.5 + Math.random()))
      }
      acknowledged.add(code)
      await look(code)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, lane))
  return repeats
}

/** @returns whether the revocation is acknowledged; throws for any answer that must not be */
async function revoke({ baseUrl, token }, code, isRepeat) {
  const answer = await request(`${baseUrl}/api/v1/badges/${code}/status`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ change: 'revoke', reason: 'A fault on purpose.', public: true }),
  })
  if (answer === undefined || answer.status === 503) return false
  if (answer.status === 200 || (answer.status === 409 && isRepeat)) return true
  throw new Error(`revoking ${code} was answered ${answer.status}: ${answer.text}`)
}

/**
 * The bits of a published list as a set of indexes.
 * @returns undefined when the service does not answer
 */
export async function readPublished(baseUrl, list) {
  const answer = await request(`${baseUrl}/status/${list}`, {})
  if (answer?.status !== 200) return undefined
  const { encodedList } = JSON.parse(answer.text).credentialSubject
  const bytes = gunzipSync(Buffer.from(encodedList.slice(1), 'base64url'))
  const indexes = new Set()
  for (const [place, byte] of bytes.entries()) {
    for (let bit = 0; byte !== 0 && bit < 8; bit += 1)
      if (byte & (0x80 >> bit)) indexes.add(place * 8 + bit)
  }
  return indexes
}

/**
 * Judges what is published against what was acknowledged.
 * @param entries rows of status_entries with `code`, `list_id`, `list_index`, `state`
 * @param published a map from list to the set of its indexes
 * @param acknowledged the codes of which the client was told
 * @returns findings, see judgeFacts
 */
export function judgePublished(entries, published, acknowledged) {
  const isSet = (entry) => published.get(entry.list_id)?.has(Number(entry.list_index)) === true
  const bits = [...published.values()].reduce((sum, indexes) => sum + indexes.size, 0)
  const revoked = entries.filter((entry) => entry.state === 'revoked')
  const known = new Set(entries.map((entry) => entry.code))
  return [
    {
      name: 'every acknowledged revocation is in the published list',
      faults: [
        ...entries
          .filter((one) => acknowledged.has(one.code) && !isSet(one))
          .map((one) => one.code),
        ...[...acknowledged].filter((code) => !known.has(code)),
      ],
    },
    {
      name: 'no other bit is set in it',
      faults: [
        ...entries.filter((one) => isSet(one) && one.state !== 'revoked').map((one) => one.code),
        ...(bits === revoked.length ? [] : [`${bits} bits, ${revoked.length} rows`]),
      ],
    },
    {
      name: 'nothing is revoked that nobody was told of',
      faults: revoked.filter((one) => !acknowledged.has(one.code)).map((one) => one.code),
    },
  ]
}

/** That the judgement can fail: a lost, a strange and an unasked bit must each be seen. */
export function judgeControls(entries, published, acknowledged) {
  const [code] = acknowledged
  const entry = entries.find((one) => one.code === code)
  const changed = (change) => {
    const copy = new Map([...published].map(([list, indexes]) => [list, new Set(indexes)]))
    change(copy.get(entry.list_id), Number(entry.list_index))
    return copy
  }
  const free = (indexes) =>
    Array.from({ length: 131_072 }, (_, n) => n).find((n) => !indexes.has(n))
  const controls = {
    'a lost bit': [changed((indexes, index) => indexes.delete(index)), acknowledged],
    'a strange bit': [changed((indexes) => indexes.add(free(indexes))), acknowledged],
    'an unasked revocation': [published, new Set([...acknowledged].filter((one) => one !== code))],
  }
  const faults = Object.entries(controls)
    .filter(([, [lists, told]]) =>
      judgePublished(entries, lists, told).every((finding) => finding.faults.length === 0),
    )
    .map(([name]) => name)
  return { name: `each of ${Object.keys(controls).length} ways to spoil the list is seen`, faults }
}
