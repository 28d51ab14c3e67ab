/** Senders that take their time: each is cut off, and holds up nobody meanwhile. */
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ServerProcess, startServerProcess } from '../support/server-process.js'

/** 15 seconds for a request, one until it is looked for, and some for a busy machine. */
const CUT_OFF_MS = 20_000
const SLOW_SENDERS = 50

let server: ServerProcess

beforeAll(async () => {
  server = await startServerProcess({ reviews: [] })
}, 60_000)
afterAll(() => server.stop())

/** Sends `start` and then a byte a second; how the server ended it, and after how long. */
function trickle(start: string): Promise<{ readonly text: string; readonly tookMs: number }> {
  const begun = performance.now()
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(server.baseUrl).port), '127.0.0.1')
    const timer = setInterval(() => socket.write('a'), 1000)
    let text = ''
    socket.write(start)
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1')
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearInterval(timer)
      resolve({ text, tookMs: performance.now() - begun })
    })
  })
}

const REQUEST = 'POST /api/v1/verify HTTP/1.1\r\nHost: x\r\n'

describe('a byte a second', { timeout: 2 * CUT_OFF_MS }, () => {
  it('of headers or of a body is cut off, and others are answered meanwhile', async () => {
    const body = `${REQUEST}Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{`
    const slow = Array.from({ length: SLOW_SENDERS }, (_, at) =>
      trickle(at % 2 === 0 ? `${REQUEST}X-Slow: ` : body),
    )
    const begun = performance.now()
    const answer = await fetch(`${server.baseUrl}/healthz`)
    expect(answer.status).toBe(200)
    expect(performance.now() - begun).toBeLessThan(1000)
    for (const { text, tookMs } of await Promise.all(slow)) {
      expect(text === '' || text.startsWith('HTTP/1.1 408 ')).toBe(true)
      expect(tookMs).toBeLessThan(CUT_OFF_MS)
    }
  })
})
