/** Bodies that are begun and never finished must not fill the memory. */
import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../support/service.js'

let opened: TestApp
let server: ReturnType<typeof createServer>
let port: number

beforeAll(async () => {
  opened = await openTestApp()
  server = createServer(opened.app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await opened.close()
})

const HEAD = [
  'POST /api/v1/verify HTTP/1.1',
  'Host: badges.example.org',
  'Content-Type: application/json',
  'Content-Length: 100000',
  '',
  '{"a":',
].join('\r\n')

function hold(): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(HEAD, () => resolve(socket)))
    socket.once('error', reject)
  })
}

async function ask(): Promise<Response> {
  const headers = { 'Content-Type': 'application/json' }
  return fetch(`http://127.0.0.1:${port}/api/v1/verify`, { method: 'POST', headers, body: '{}' })
}

async function until(isDone: (status: number) => boolean): Promise<Response> {
  for (;;) {
    const answer = await ask()
    if (isDone(answer.status)) return answer
    await answer.arrayBuffer()
  }
}

describe('128 bodies that are held', () => {
  it('make the next one wait its turn, other addresses answer, and all is well afterwards', async () => {
    const held = await Promise.all(Array.from({ length: 128 }, hold))
    const busy = await until((status) => status === 503)
    expect(busy.headers.get('Retry-After')).toBe('5')
    expect(await busy.json()).toMatchObject({ code: 'VERIFIER_BUSY' })
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
    for (const socket of held) socket.destroy()
    expect((await until((status) => status !== 503)).status).toBe(422)
  })
})
