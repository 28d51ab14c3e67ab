/** Bodies that are begun and never finished must not fill the memory, nor shut others out for nothing. */
import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import express from 'express'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problemHandler } from '../../src/adapters/http/problem-details.js'
import { rawBody, withinBudget, withinLargeBudget } from '../../src/adapters/http/request-body.js'
import { sampleAssets } from '../support/sample-views.js'

const BUDGET = 100_000
const held = { bytes: 0 }
const large = { bytes: 0 }
const LARGE = 300 * 1024
let server: ReturnType<typeof createServer>
let port: number

beforeAll(async () => {
  const app = express()
  const baseUrl = 'https://badges.example.org'
  app.post('/', withinBudget(held, BUDGET), ...rawBody(['text/plain'], BUDGET), (_, response) => {
    response.send('read')
  })
  const bounds = [withinLargeBudget(large, 2 * LARGE), ...rawBody(['text/plain'], 2 * LARGE)]
  app.post('/large', ...bounds, (_, response) => {
    response.send('read')
  })
  app.use(problemHandler({ baseUrl, assets: sampleAssets, log: () => {} }))
  server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

/** Sends the head of a request and so many bytes of its body, and waits until they have arrived. */
async function hold(bytes: number): Promise<Socket> {
  const before = held.bytes
  const socket = begin('/', bytes)
  await until(() => held.bytes >= before + bytes || socket.closed)
  return socket
}

/** Sends all but the last byte, or so many. */
function begin(path: string, bytes: number, sent = bytes): Socket {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  const length = bytes + 1
  const head = [
    `POST ${path} HTTP/1.1`,
    'Host: x',
    'Content-Type: text/plain',
    `Content-Length: ${length}`,
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n${'x'.repeat(sent)}`)
  return socket
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2))
}

const post = (body: string, path = '/') =>
  fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/plain' },
    body,
  })

describe('bodies that are held', () => {
  it('shut nobody out while they are small, however many', async () => {
    const sockets = await Promise.all(Array.from({ length: 300 }, () => hold(1)))
    expect((await post('hello')).status).toBe(200)
    for (const socket of sockets) socket.destroy()
    await until(() => held.bytes === 0)
  })

  it('use up a budget, and give it back when they end', async () => {
    const sockets = await Promise.all([hold(50_000), hold(50_000)])
    const busy = await post('hello')
    expect([busy.status, busy.headers.get('Retry-After')]).toEqual([503, '5'])
    expect(await busy.json()).toMatchObject({ code: 'VERIFIER_BUSY' })
    for (const socket of sockets) socket.destroy()
    await until(() => held.bytes === 0)
    expect((await post('hello')).status).toBe(200)
    await until(() => held.bytes === 0)
  })

  it('are cut off when they grow over it', async () => {
    const first = await hold(60_000)
    const second = await hold(60_000)
    await until(() => second.closed)
    expect(first.closed).toBe(false)
    first.destroy()
    await until(() => held.bytes === 0)
  })
})

describe('large bodies', () => {
  it('have a budget of their own; small ones are let in beside them', async () => {
    const sockets = [begin('/large', LARGE), begin('/large', LARGE)]
    await until(() => large.bytes >= 2 * LARGE)
    const refused = await post('x'.repeat(LARGE), '/large').catch(() => undefined)
    expect(refused?.status ?? 503).toBe(503)
    expect((await post('hello', '/large')).status).toBe(200)
    for (const socket of sockets) socket.destroy()
    await until(() => large.bytes === 0)
  })

  it('shut nobody out as long as little of them has come', async () => {
    const sockets = Array.from({ length: 100 }, () => begin('/large', LARGE, 10))
    await until(() => large.bytes >= 1000)
    expect((await post('x'.repeat(LARGE), '/large')).status).toBe(200)
    for (const socket of sockets) socket.destroy()
    await until(() => large.bytes === 0)
  })
})
