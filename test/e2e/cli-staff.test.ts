/** People at the desk, from the terminal: real processes, and a link that opens the real desk. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openWorkplace, type Workplace } from '../support/http-cli.js'

let place: Workplace

beforeAll(() => {
  place = openWorkplace()
})
afterAll(() => place.close())

const staff = (...args: readonly string[]) => place.run(['staff', ...args])
const LINK = /^https:\/\/badges\.example\.org\/staff\/sign-in\/[0-9a-z]{52}\n$/

it('invites, renews, ends and lists', async () => {
  const invited = await staff('invite', ' Ada@Example.org ', '--role', 'admin')
  expect([invited.code, invited.err]).toEqual([
    0,
    'This link signs in ada@example.org. It works once and is shown once.\n',
  ])
  expect(invited.out).toMatch(LINK)
  const second = await staff(
    'invite',
    'dia@example.org',
    '--role',
    'district',
    '--district',
    'vista-unified',
  )
  expect(second.out).toMatch(LINK)
  const renewed = await staff('link', 'ada@example.org')
  expect(renewed.out).toMatch(LINK)
  expect(renewed.out).not.toBe(invited.out)
  const ended = await staff('end', 'ada@example.org')
  expect(ended.out).toBe('ada@example.org is signed out and cannot sign in any more.\n')
  const { out } = await staff('list')
  expect(out.replace(/\d{4}-\S+Z/, 'TIME')).toBe(
    'ada@example.org  admin  ended TIME\ndia@example.org  district of vista-unified  may sign in\n',
  )
  expect((await staff('invite', 'ada@example.org', '--role', 'viewer')).out).toMatch(LINK)
})

it.each([
  [
    ['invite', 'dia@example.org', '--role', 'admin'],
    'dia@example.org works at the desk already; change the role instead.',
  ],
  [['invite', 'nobody', '--role', 'admin'], '“nobody” is no e-mail address.'],
  [
    ['invite', 'x@example.org', '--role', 'boss'],
    '“boss” is no role; choose one of admin, issuer, viewer, district.',
  ],
  [
    ['invite', 'x@example.org', '--role', 'district'],
    'The role district takes a district, as it stands in reviews, e.g. vista-unified.',
  ],
  [
    ['invite', 'x@example.org', '--role', 'admin', '--district', 'a'],
    'The role admin sees every district; leave the district out.',
  ],
  [['link', 'none@example.org'], 'Nobody with the address none@example.org works at the desk.'],
  [['end', 'none@example.org'], 'Nobody with the address none@example.org works at the desk.'],
])('refuses %j in one sentence', async (args, sentence) => {
  expect(await staff(...args)).toEqual({ code: 1, out: '', err: `imprimatur: ${sentence}\n` })
})
