/** The running service: it finishes what it has begun, and its log names nobody. */
import { Agent, request } from 'node:http'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/adapters/storage/database.js'
import { openWorkplace, ROOT, type Started, type Workplace } from '../support/http-cli.js'
import { badgeOf, reviewRequest, type Send, sendTo } from '../support/http-service.js'
import { aReview } from '../support/reviews.js'

const CANDIDATE = { name: 'Zephyrine Quillfeather', email: 'zephy@hidden-mailbox.example.org' }

let place: Workplace
let token: string
let service: Started
let port: number
let send: Send

beforeAll(async () => {
  place = openWorkplace()
  await place.run(['keys', 'create'])
  const sample = path.join(ROOT, 'scripts/demo/empowering-students-as-creators.yaml')
  await place.run(['achievements', 'import', sample])
  token = (await place.run(['tokens', 'create', '--scope', 'reviews:write'])).out.trim()
  service = place.start(['serve'], { LOG_LEVEL: 'debug' })
  const [, address = ''] = await service.printed(
    /^Serving https:\/\/badges\.example\.org on http:\/\/127\.0\.0\.1:(\d+)\n/,
  )
  port = Number(address)
  send = sendTo(port)
})
afterAll(() => place.close())

const review = (id: string) => aReview({ id, candidate: CANDIDATE })

/** A review whose head has arrived for certain; `finish` sends the rest over the same connection. */
function begin(id: string, agent: Agent): Promise<{ finish(): Promise<number> }> {
  const { headers = {}, body = '', ...rest } = reviewRequest(token, review(id))
  return new Promise((resolve, reject) => {
    const outgoing = request({
      ...rest,
      host: '127.0.0.1',
      port,
      agent,
      headers: { ...headers, 'Content-Length': String(body.length), Expect: '100-continue' },
    })
    const answered = new Promise<number>((resolveStatus, rejectStatus) => {
      outgoing.on('error', rejectStatus)
      outgoing.on('response', (answer) => {
        answer.resume()
        answer.on('end', () => resolveStatus(answer.statusCode ?? 0))
      })
    })
    answered.catch(reject)
    outgoing.on('continue', () =>
      resolve({
        finish: () => {
          outgoing.end(body)
          return answered
        },
      }),
    )
    outgoing.flushHeaders()
  })
}

describe('serve', () => {
  it('issues badges for a token from the command line', async () => {
    const answer = await send(reviewRequest(token, review('first')))
    expect(answer.status).toBe(201)
    const { pathname } = new URL(badgeOf(answer).url)
    for (const at of [pathname, `/who/${CANDIDATE.email}`, `/verify?name=Zephyrine`])
      await send({ path: at, headers: { Accept: 'text/html' } })
    await send(reviewRequest('imp_none', review('second')))
  })

  it('stops on SIGTERM within 5 s, and finishes what it has begun', async () => {
    const agent = new Agent({ keepAlive: true })
    const begun = await Promise.all(['a', 'b', 'c'].map((id) => begin(id, agent)))
    const idle = new Agent({ keepAlive: true })
    await new Promise((resolve) =>
      request({ host: '127.0.0.1', port, path: '/healthz', agent: idle }, (answer) =>
        answer.resume().on('end', resolve),
      ).end(),
    )
    const start = performance.now()
    service.process.kill('SIGTERM')
    await untilRefused()
    const statuses = await Promise.all(begun.map((one) => one.finish()))
    const { code } = await service.ended
    expect([statuses, code]).toEqual([[201, 201, 201], 0])
    expect(performance.now() - start).toBeLessThan(5000)
    for (const one of [agent, idle]) one.destroy()

    const database = await openDatabase({ url: `file:${place.env['DATA_DIR']}/imprimatur.db` })
    try {
      expect(await database.stores.badges.listCodes(10)).toHaveLength(4)
    } finally {
      await database.close()
    }
  })

  /** Waits until no new connection is taken: the stop has begun. */
  async function untilRefused(): Promise<void> {
    for (;;) {
      const isServed = await send({ path: '/healthz' }).then(
        () => true,
        () => false,
      )
      if (!isServed) return
    }
  }

  it('has logged what it did, and no name, address or token', async () => {
    const { out, err } = await service.ended
    const log = err
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(log).toContainEqual(
      expect.objectContaining({ route: '/api/v1/reviews', method: 'POST', status: 201 }),
    )
    expect(log).toContainEqual(expect.objectContaining({ msg: 'stopping', signal: 'SIGTERM' }))
    const [, tokenId, secret] = token.split('_')
    const words = [...CANDIDATE.name.split(' '), ...CANDIDATE.email.split('@'), 'Ada Assessor']
    for (const word of [...words, tokenId, secret, 'a passphrase', 'storyboards'])
      expect((out + err).toLowerCase()).not.toContain(String(word).toLowerCase())
  })
})
