/** Revoking, suspending and reinstating at the terminal, one badge or ten thousand. */
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/adapters/storage/database.js'
import { toBadgeCode } from '../../src/domain/badge-code.js'
import { openWorkplace, ROOT, type Workplace } from '../support/http-cli.js'
import { digestDatabase } from '../support/http-database-digest.js'
import { aReview } from '../support/reviews.js'

const SAMPLES = path.join(ROOT, 'scripts/demo')
const CODE = /badges\/([0-9a-z]{26})/g

let place: Workplace
let codes: readonly string[]

const databaseUrl = () => `file:${path.join(place.folder, 'data/imprimatur.db')}`
const badges = (...args: readonly string[]) => place.run(['badges', ...args])
const lines = (text: string) => text.trimEnd().split('\n')

beforeAll(async () => {
  place = openWorkplace()
  await place.run(['keys', 'create'])
  await place.run([
    'achievements',
    'import',
    path.join(SAMPLES, 'empowering-students-as-creators.yaml'),
  ])
  const reviews = Array.from({ length: 6 }, (_, n) => aReview({ id: `submission-${n}` }))
  const file = place.write('reviews.json', JSON.stringify(reviews))
  const { out } = await place.run(['reviews', 'import', file])
  codes = [...out.matchAll(CODE)].map(([, code = '']) => code)
  expect(codes).toHaveLength(6)
})
afterAll(() => place.close())

async function readEntry(code: string) {
  const database = await openDatabase({ url: databaseUrl() })
  try {
    return await database.stores.statusLists.findEntry(code)
  } finally {
    await database.close()
  }
}

describe('badges revoke, suspend and reinstate', () => {
  it('change a badge and say so, whatever the spelling of its code', async () => {
    const [code = ''] = codes
    const url = `https://badges.example.org/badges/${code}`
    const typed = code.toUpperCase().replaceAll('1', 'I')
    expect(await badges('suspend', typed, '--reason', 'Looked into.')).toEqual({
      code: 0,
      out: `${url} suspended\n`,
      err: '',
    })
    expect((await badges('reinstate', code, '--reason', 'Unfounded.')).out).toBe(`${url} valid\n`)
    const reason = 'Issued by mistake.'
    const revoked = await badges('revoke', code, '--reason', reason, '--public')
    expect(revoked).toEqual({ code: 0, out: `${url} revoked\n`, err: '' })
    expect(await readEntry(code)).toMatchObject({
      state: 'revoked',
      reason: { text: reason, isPublic: true },
    })
  })

  it.each([
    [['revoke', '0', '--reason', 'Why.'], /^imprimatur: “0” is not the code of a badge\.\n$/],
    [
      ['revoke', toBadgeCode(new Uint8Array(16)), '--reason', 'Why.'],
      /^imprimatur: There is no badge with the code 0{26}\.\n$/,
    ],
    [['revoke', 'CODE', '--reason', ' '], /^imprimatur: Say why, in plain words\.\n$/],
    [['revoke', 'CODE', '--reason', 'x'.repeat(501)], /^imprimatur: .*at most 500 characters\.\n$/],
    [['reinstate', 'CODE', '--reason', 'Why.'], /^imprimatur: .*good standing.*\.\n$/],
    [['revoke', 'CODE'], /required option '--reason <text>'/],
  ])('refuse badly put words in one sentence and change nothing (%#)', async (args, expected) => {
    const before = digestDatabase(databaseUrl())
    const said = await badges(...args.map((one) => (one === 'CODE' ? (codes[1] ?? '') : one)))
    expect([said.code, said.out]).toEqual([1, ''])
    expect(said.err).toMatch(expected)
    expect(digestDatabase(databaseUrl())).toBe(before)
  })
})

describe('badges correct', () => {
  it('puts a corrected badge in the place of one, once', async () => {
    const code = codes[5] ?? ''
    const change = place.write('correction.json', JSON.stringify({ consent: { name: 'hidden' } }))
    const options = ['--reason', 'Misspelt.', '--name', 'Zoë', '--file', change]
    const corrected = await badges('correct', code, ...options)
    const said =
      /^https:\/\/badges\.example\.org\/badges\/([0-9a-z]{26}) replaces ([0-9a-z]{26})\n$/
    const [, successor = '', replaced] = said.exec(corrected.out) ?? []
    expect([corrected.code, corrected.err, replaced]).toEqual([0, '', code])
    expect(await readEntry(code)).toMatchObject({ state: 'revoked', replacedBy: successor })
    expect(await badges('correct', code, ...options)).toEqual(corrected)
    const other = await badges('correct', code, '--reason', 'Again.', '--name', 'Ana')
    expect([other.code, other.out]).toEqual([1, ''])
    expect(other.err).toContain(
      `correct its successor: https://badges.example.org/badges/${successor}`,
    )
  })

  it.each([
    [['correct', 'CODE', '--reason', 'Why.'], /Say what to correct/],
    [['correct', 'CODE', '--reason', ' ', '--name', 'Zoë'], /Say why, in plain words/],
    [['correct', 'CODE', '--reason', 'Why.', '--email', 'nobody'], /candidate\/email/],
    [['correct', 'CODE', '--reason', 'Why.', '--file', '/nowhere.json'], /cannot be read/],
    [['correct', 'CODE', '--reason', 'Why.', '--name', 'Zoë', '--file', 'WRONG'], /candidate/],
  ])('refuses badly put words in one sentence and changes nothing (%#)', async (args, expected) => {
    const before = digestDatabase(databaseUrl())
    const wrong = place.write('wrong.json', '{"candidate":5}')
    const filled: Readonly<Record<string, string>> = { CODE: codes[4] ?? '', WRONG: wrong }
    const said = await badges(...args.map((one) => filled[one] ?? one))
    expect([said.code, said.out]).toEqual([1, ''])
    expect(said.err).toMatch(expected)
    expect(digestDatabase(databaseUrl())).toBe(before)
  })
})

describe('badges status', () => {
  it('takes CSV and changes every good line', async () => {
    const file = place.write(
      'changes.csv',
      [
        'Code,change,reason,public',
        `${codes[1]},suspend,"Looked into, slowly.",true`,
        '',
        `${codes[2]},revoke,,`,
        `${codes[2]},undo,Why.,false`,
        `${codes[3]},revoke,a comma, too many,true`,
        `${codes[3]},revoke,Why.,perhaps`,
        'nobody,revoke,Why.,',
      ].join('\r\n'),
    )
    const said = await badges('status', file, '--reason', 'For all the others.')
    expect(said.code).toBe(1)
    expect(lines(said.out)).toEqual([
      `line 2: ${codes[1]} suspended`,
      `line 4: ${codes[2]} revoked`,
    ])
    expect(lines(said.err)).toEqual([
      `line 5: ${codes[2]} refused (STATUS_CHANGE_INVALID): The change must be one of revoke, suspend, reinstate.`,
      `line 6: ${codes[3]} refused (STATUS_CHANGE_INVALID): The line has 5 cells, not 4; put a reason that holds a comma between quotation marks.`,
      `line 7: ${codes[3]} refused (STATUS_CHANGE_INVALID): public must be true or false.`,
      'line 8: nobody refused (NOT_FOUND): “nobody” is not the code of a badge.',
      '4 of 6 refused, 2 changed.',
    ])
    expect((await readEntry(codes[1] ?? ''))?.reason).toEqual({
      text: 'Looked into, slowly.',
      isPublic: true,
    })
    expect((await readEntry(codes[2] ?? ''))?.reason).toEqual({
      text: 'For all the others.',
      isPublic: false,
    })
    expect((await readEntry(codes[3] ?? ''))?.state).toBe('valid')
  })

  it('takes one code a line', async () => {
    const file = place.write('codes.txt', `${codes[3]}\n${codes[4]?.toUpperCase()}\n`)
    const said = await badges('status', file, '--change', 'revoke', '--reason', 'Why.')
    expect(said).toEqual({
      code: 0,
      out: `line 1: ${codes[3]} revoked\nline 2: ${codes[4]} revoked\n`,
      err: '',
    })
  })

  it.each([
    ['nothing', '', /There is no code in the file/],
    ['columns.csv', 'code,when\nx,1\n', /column “when” is not known/],
    ['twice.csv', 'code,reason,reason\nx,1,2\n', /column “reason” is not known or stands twice/],
    ['quotes.csv', 'code,reason\nx,"open\n', /cannot be read near line/],
  ])('refuses the file %s in one sentence and changes nothing', async (name, text, expected) => {
    const before = digestDatabase(databaseUrl())
    const said = await badges('status', place.write(name, text), '--change', 'revoke')
    expect([said.code, said.out, lines(said.err).length]).toEqual([1, '', 1])
    expect(said.err).toMatch(expected)
    expect(digestDatabase(databaseUrl())).toBe(before)
  })

  it('refuses a change that is none', async () => {
    const file = place.write('one.txt', `${codes[5]}\n`)
    const said = await badges('status', file, '--change', 'delete')
    expect([said.code, said.out]).toEqual([1, ''])
    expect(said.err).toMatch(/must be one of revoke, suspend, reinstate/)
  })

  it('takes 10,000 codes with bad ones in the middle', async () => {
    const many = await addBadges(9_000)
    const bad = Array.from({ length: 1_000 }, (_, n) =>
      n % 2 === 0 ? `nobody-${n}` : toBadgeCode(Buffer.alloc(16, n % 250)),
    )
    const known = new Set(many)
    const rows = [...many.slice(0, 4_500), ...bad, ...many.slice(4_500)]
    const file = place.write('many.txt', `${rows.join('\n')}\n`)
    const begun = performance.now()
    const said = await badges('status', file, '--change', 'revoke', '--reason', 'The whole batch.')
    const seconds = (performance.now() - begun) / 1000
    expect(said.code).toBe(1)
    expect(lines(said.out)).toEqual(
      rows.flatMap((code, n) => (known.has(code) ? [`line ${n + 1}: ${code} revoked`] : [])),
    )
    const refused = lines(said.err)
    expect(refused).toHaveLength(1_001)
    expect(refused.slice(0, -1).every((line) => line.includes('refused (NOT_FOUND)'))).toBe(true)
    expect(refused.at(-1)).toBe('1000 of 10000 refused, 9000 changed.')
    expect(seconds).toBeLessThan(30)
  }, 180_000)
})

/** Badges that only the database knows: their rows, copied from one that was issued. */
async function addBadges(count: number): Promise<readonly string[]> {
  const database = await openDatabase({ url: databaseUrl() })
  try {
    const model = await database.stores.badges.find(codes[5] ?? '')
    if (model === undefined) throw new Error('there is no badge to copy')
    const record = await database.stores.reviews.findById(model.reviewRecordId)
    const list = await database.stores.statusLists.findCurrent(model.issuer)
    if (record === undefined || list === undefined) throw new Error('its records are missing')
    const added: string[] = []
    await database.transaction(async (stores) => {
      for (let n = 0; n < count; n += 1) {
        const code = toBadgeCode(Buffer.concat([Buffer.alloc(12, 9), uint32(n)]))
        const reviewRecordId = `copy-${n}`
        const review = { ...record.review, id: reviewRecordId }
        await stores.reviews.insert({ ...record, recordId: reviewRecordId, review })
        let listIndex = n
        while (!(await stores.statusLists.reserve(list.listId, listIndex, code))) listIndex += count
        await stores.intents.insert({
          code,
          reviewRecordId,
          listId: list.listId,
          listIndex,
          document: '{}',
          evidenceNonces: [],
          proofCreated: record.receivedAt,
          verificationMethod: `${model.issuer}#key`,
          createdAt: record.receivedAt,
        })
        await stores.badges.insert({ ...model, code, reviewRecordId })
        await stores.intents.close(code, 'done')
        added.push(code)
      }
    })
    return added
  } finally {
    await database.close()
  }
}

function uint32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

describe('badges erase', () => {
  it('forgets a badge and the one in its place for good, and says what is left to do', async () => {
    const code = codes[5] ?? ''
    const { code: exit, out } = await badges('erase', code.toUpperCase())
    expect(exit).toBe(0)
    expect(lines(out)).toEqual([
      `erased ${code}`,
      expect.stringMatching(/^erased [0-9a-z]{26}$/),
      expect.stringContaining('Backups'),
    ])
    for (const args of [
      ['erase', code],
      ['correct', code, '--reason', 'Why.', '--name', 'Ana'],
    ]) {
      const said = await badges(...args)
      expect([said.code, said.out]).toEqual([1, ''])
      expect(said.err).toMatch(/^imprimatur: This badge was erased/)
    }
  })
})
