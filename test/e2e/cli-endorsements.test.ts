/** Endorsing at the terminal. */
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorkplace, ROOT, type Workplace } from '../support/http-cli.js'
import { digestDatabase } from '../support/http-database-digest.js'
import { aReview } from '../support/reviews.js'

const SLUG = 'empowering-students-as-creators'
const BASE_URL = 'https://badges.example.org'
const URL = /^https:\/\/badges\.example\.org\/endorsements\/[0-9a-z]{26}\n$/

let place: Workplace
const digest = () => digestDatabase(`file:${path.join(place.folder, 'data/imprimatur.db')}`)
const endorsements = (...args: readonly string[]) => place.run(['endorsements', ...args])
const add = (...args: readonly string[]) => endorsements('add', '--issuer', 'vista', ...args)

beforeAll(async () => {
  place = openWorkplace()
  await place.run(['keys', 'create'])
  await place.run(['issuers', 'add', 'vista', '--name', 'Vista Unified'])
  await place.run(['keys', 'create', '--issuer', 'vista', '--algorithm', 'Ed25519'])
  const sample = path.join(ROOT, 'scripts/demo', `${SLUG}.yaml`)
  expect((await place.run(['achievements', 'import', sample])).code).toBe(0)
})
afterAll(() => place.close())

describe('endorsements add and list', () => {
  it('sign, say where, and show what there is', async () => {
    const first = await add('--achievement', SLUG, '--comment', 'Worth having.')
    expect([first.code, first.err]).toEqual([0, ''])
    expect(first.out).toMatch(URL)
    const again = await add('--achievement', `${SLUG}/1`, '--comment', 'Worth having.')
    expect(again.out).toBe(`${first.out.trim()} (already known)\n`)

    const file = place.write('comment.md', '\ufeffCareful *reviewers*.\r\n\r\nAll of them.\r\n')
    const second = await add('--profile', 'default', '--comment-file', file)
    expect([second.code, second.err]).toEqual([0, ''])

    const reviews = place.write('review.json', JSON.stringify(aReview()))
    const [, code = ''] = /badges\/([0-9a-z]{26})/.exec(
      (await place.run(['reviews', 'import', reviews])).out,
    ) ?? ['']
    const third = await add('--badge', code.toUpperCase(), '--comment', 'I saw it.')
    expect(third.out).toMatch(URL)

    const { out } = await endorsements('list')
    const lines = out.trimEnd().split('\n')
    for (const line of lines) expect(line).toMatch(/^\d{4}-\d\d-\d\dT[\d:]{8}Z {2}vista {2}/)
    expect(new Set(lines.map((line) => line.split('  ').slice(2).join('  ')))).toEqual(
      new Set([
        `achievement  ${BASE_URL}/achievements/${SLUG}/1  ${first.out.trim()}`,
        `profile  did:web:badges.example.org  ${second.out.trim()}`,
        `badge  ${BASE_URL}/badges/${code}  ${third.out.trim()}`,
      ]),
    )
  })

  it.each([
    [['--achievement', 'nothing', '--comment', 'Good.'], /no achievement “nothing”/],
    [['--badge', '0'.repeat(26), '--comment', 'Good.'], /no badge with the code 0{26}/],
    [['--badge', 'x', '--comment', 'Good.'], /by its code/],
    [['--profile', 'nobody', '--comment', 'Good.'], /no issuer “nobody”/],
    [['--profile', 'vista', '--comment', 'Good.'], /what is its own/],
    [['--achievement', SLUG, '--comment', ' '], /Say in the comment/],
    [['--achievement', SLUG, '--comment', 'x'.repeat(2001)], /at most 2000 characters/],
    [['--achievement', SLUG], /Give the comment once/],
    [['--achievement', SLUG, '--comment', 'a', '--comment-file', 'b'], /Give the comment once/],
    [['--achievement', SLUG, '--comment-file', '/nowhere'], /\/nowhere cannot be read/],
    [['--comment', 'Good.'], /Name one of achievement, badge, profile/],
    [['--achievement', SLUG, '--profile', 'default', '--comment', 'Good.'], /Name one of/],
    [['--issuer', 'nobody', '--achievement', SLUG, '--comment', 'Good.'], /no issuer “nobody”/],
  ])('refuse in one sentence and change nothing (%#)', async (args, expected) => {
    const before = digest()
    const said = await add(...args)
    expect([said.code, said.out]).toEqual([1, ''])
    expect(said.err).toMatch(expected)
    expect(said.err).toMatch(/^imprimatur: [^\n]*\.\n$|^imprimatur: [^\n]*imprimatur [^\n]*\n$/)
    expect(digest()).toBe(before)
  })

  it('refuse a file of 10 MB, and one that is not UTF-8', async () => {
    const before = digest()
    const long = place.write('long.txt', 'x'.repeat(10_000_000))
    const latin = place.write('latin.txt', Buffer.from([0x67, 0xfc, 0x74]))
    expect((await add('--achievement', SLUG, '--comment-file', long)).err).toMatch(/at most 2000/)
    expect((await add('--achievement', SLUG, '--comment-file', latin)).err).toMatch(/not UTF-8/)
    expect(digest()).toBe(before)
  })
})
