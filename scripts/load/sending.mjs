/** Sends checks at fixed times and measures each from when it was due. */
import { Agent, request } from 'node:http'

const agent = new Agent({ keepAlive: true, maxSockets: 400 })
/** After this an answer does not count. */
const TIMEOUT_MS = 15_000

/**
 * @param address of the service
 * @param one body with its media type
 * @param client number of the sender, which the proxy in front would name
 * @returns `status` (0 when there was no answer), `ms`, and the verdict if it named one
 */
export function send(address, { body, type, encoding }, client) {
  const begun = performance.now()
  return new Promise((resolve) => {
    const end = (status, text = '') =>
      resolve({ status, ms: performance.now() - begun, verdict: verdictIn(text) })
    const headers = {
      'Content-Type': type,
      'Content-Length': body.length,
      'X-Forwarded-For': `198.18.${(client >> 8) % 256}.${client % 256}`,
      ...(encoding === undefined ? {} : { 'Content-Encoding': encoding }),
    }
    const sent = request(
      `${address}/api/v1/verify`,
      { agent, method: 'POST', headers, timeout: TIMEOUT_MS },
      (answer) => {
        const parts = []
        answer.on('data', (part) => parts.push(part))
        answer.on('end', () => end(answer.statusCode, Buffer.concat(parts).toString()))
        answer.on('error', () => end(0))
      },
    )
    sent.on('timeout', () => sent.destroy(new Error('timeout')))
    sent.on('error', () => end(0))
    sent.on('socket', keepQuiet)
    sent.end(body)
  })
}

const quiet = new WeakSet()

/** A server that refuses a body closes the connection while it still comes; that is no error here. */
function keepQuiet(socket) {
  if (!quiet.has(socket)) socket.on('error', () => {})
  quiet.add(socket)
}

function verdictIn(text) {
  return /"verdict":"(\w+)"/.exec(text)?.[1]
}

/**
 * Sends on time, whether or not earlier ones were answered.
 * @param perSecond how many
 * @param seconds for how long
 * @param next makes the promise of one answer, from its number
 * @returns all answers
 */
export async function sendSteadily(perSecond, seconds, next) {
  const answers = []
  const start = performance.now()
  for (let number = 0; number < perSecond * seconds; number += 1) {
    const waitMs = start + (number * 1000) / perSecond - performance.now()
    if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs))
    answers.push(next(number))
  }
  return Promise.all(answers)
}

/** The value below which a share of the times lies, in ms. */
export function percentile(answers, share) {
  const times = answers.map(({ ms }) => ms).sort((one, other) => one - other)
  return times[Math.min(times.length - 1, Math.ceil(times.length * share) - 1)] ?? 0
}
