/** What staff do at the terminal: achievements, tokens, reviews. */

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { deflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readReviewFile } from '../../src/adapters/files/review-files.js'
import { openWorkplace, ROOT, type Workplace } from '../support/http-cli.js'
import { digestDatabase } from '../support/http-database-digest.js'
import { flipped, greyPng } from '../support/pictures.js'
import { aReview, type ReviewInput } from '../support/reviews.js'

const SAMPLES = path.join(ROOT, 'scripts/demo')
const BADGE = /https:\/\/badges\.example\.org\/badges\/[0-9a-z]{26}/

let place: Workplace

beforeAll(async () => {
  place = openWorkplace()
  mkdirSync(path.join(place.folder, 'badges'))
  const art = 'badges/empowering-students-as-creators.svg'
  copyFileSync(path.join(SAMPLES, art), path.join(place.folder, art))
  await place.run(['keys', 'create'])
})
afterAll(() => place.close())

const databaseUrl = () => `file:${path.join(place.folder, 'data/imprimatur.db')}`
const sample = readFileSync(path.join(SAMPLES, 'empowering-students-as-creators.yaml'), 'utf8')
const lines = (text: string) => text.trimEnd().split('\n')
const importing = (...files: readonly string[]) => place.run(['achievements', 'import', ...files])

describe('achievements import', () => {
  it('takes in what is new and what changed, as a new version', async () => {
    const file = place.write('sample.yaml', sample)
    const said = (what: string) => ({
      code: 0,
      out: `empowering-students-as-creators version ${what}\n`,
      err: '',
    })
    expect(await importing(file)).toEqual(said('1: new'))
    expect(await importing(file)).toEqual(said('1: unchanged'))
    place.write('sample.yaml', sample.replace('name: Student voice', 'name: The voice of students'))
    expect(await importing(file)).toEqual(said('2: changed'))
  })

  it('takes in none of the files when one is bad, and says which and why', async () => {
    const good = place.write('good.yaml', sample.replace('name: Emp', 'name: Not taken in, Emp'))
    const svg = (inner: string) => `<svg xmlns="http://www.w3.org/2000/svg">${inner}</svg>`
    const withArt = (name: string, art: string) => {
      place.write(`badges/${name}.svg`, art)
      const reference = `file: badges/${name}.svg`
      return place.write(`${name}.yaml`, sample.replace(/file: badges\/.*/, reference))
    }
    const withPicture = (name: string, bytes: Buffer) => {
      place.write(`badges/${name}.png`, bytes)
      const reference = `file: badges/${name}.png`
      return place.write(`${name}.yaml`, sample.replace(/file: badges\/.*/, reference))
    }
    const bomb = greyPng({ width: 4, height: 4 }, [], deflateSync(Buffer.alloc(300_000_000)))
    const bad: readonly (readonly [string, RegExp])[] = [
      [
        place.write('broken.yaml', 'slug: [a'),
        /broken\.yaml: not well-formed YAML or JSON: .*line/,
      ],
      [
        place.write('more.yaml', `${sample}\nprice: 5\n`),
        /more\.yaml: \/price is not a known member/,
      ],
      [withArt('script', svg('<script>alert(1)</script>')), /script\.yaml: .*<script>/],
      [withArt('link', svg('<image href="https://example.org/x.png"/>')), /link\.yaml: .*<image>/],
      [withArt('use', svg('<use href="https://example.org/x.svg#a"/>')), /use\.yaml: .*refers to/],
      [
        withArt('doctype', `<!DOCTYPE svg [<!ENTITY a "a">]>${svg('')}`),
        /doctype\.yaml: .*DOCTYPE/,
      ],
      [withPicture('empty', Buffer.alloc(0)), /empty\.yaml: .*empty file/],
      [withPicture('crc', flipped(greyPng(), 30)), /crc\.yaml: .*checksum of its IHDR/],
      [withPicture('bomb', bomb), /bomb\.yaml: .*cannot be unpacked/],
      [withPicture('jpeg', Buffer.from('ffd8ffe000104a46', 'hex')), /jpeg\.yaml: .*neither a PNG/],
      [
        place.write('none.yaml', sample.replace(/badges\/.*/, 'none.svg')),
        /none\.svg cannot be read/,
      ],
    ]
    const before = digestDatabase(databaseUrl())
    const { code, out, err } = await importing(good, ...bad.map(([file]) => file))
    expect([code, out]).toEqual([1, ''])
    const said = lines(err)
    expect(said).toHaveLength(bad.length)
    for (const [index, [, sentence]] of bad.entries()) expect(said[index]).toMatch(sentence)
    expect(digestDatabase(databaseUrl())).toBe(before)
  })
})

describe('tokens create', () => {
  it('shows the token once and keeps its hash alone', async () => {
    const scopes = ['--scope', 'reviews:write', 'reviews:release', '--name', 'review-system']
    const { code, out, err } = await place.run(['tokens', 'create', ...scopes])
    expect([code, err]).toEqual([0, expect.stringContaining('shown once')])
    const [, tokenId = '', secret = ''] = /^imp_([0-9a-z]{26})_([0-9a-z]{52})\n$/.exec(out) ?? []
    // In a process of its own: closing a database file here would drop SQLite's locks on it (POSIX).
    const data = path.join(place.folder, 'data')
    const files = readdirSync(data).map((file) => path.join(data, file))
    const kept = execFileSync('cat', files, { encoding: 'latin1', maxBuffer: 64 * 1024 * 1024 })
    expect(kept).toContain(tokenId)
    expect(kept).toContain(createHash('sha256').update(secret).digest('hex'))
    expect(kept).not.toContain(secret)
  })

  it('makes none without a scope', async () => {
    const before = digestDatabase(databaseUrl())
    const none = await place.run(['tokens', 'create'])
    expect(none).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/--scope/) })
    expect(digestDatabase(databaseUrl())).toBe(before)
  })
})

describe('reviews import', () => {
  const header =
    'source,id,achievement,candidate.name,candidate.email,candidate.district,decision,decidedAt,reviewers.0.name,reviewers.0.role,rubric.version,rubric.results,evidence.0.kind,evidence.0.name,evidence.0.url,evidence.0.public,consent.name'
  const rubric = 'reflection=demonstrated; documentation=exemplary; student-voice=demonstrated;'
  const row = (id: string, change: { name?: string; email?: string; decidedAt?: string } = {}) => {
    const {
      name = 'Cy Example',
      email = 'cy@example.org',
      decidedAt = '2026-03-02T16:20:00Z',
    } = change
    const who = `csv,${id},empowering-students-as-creators,${name},${email},vista-unified`
    const decision = `approved,${decidedAt},Ada Assessor,assessor,2026-1,${rubric}`
    return `${who},${decision},documentation,Film,https://media.example.org/film,TRUE,shown`
  }

  const importReviews = (file: string) => place.run(['reviews', 'import', file])

  it('takes in the good rows of a table and names the bad ones by their row', async () => {
    const file = place.write(
      'back-log.CSV',
      [
        `\uFEFF${header}`,
        row('1', { name: '"Example, Cy ""C"""' }),
        '',
        row('2', { email: 'cy@', decidedAt: '2026-03-02' }),
        'csv,3,too,short',
        header.replace(/[^,]/g, ''),
        row('4', { name: '"Dee\nExample"' }),
        row('1', { name: 'Somebody Else' }),
        row('5'),
      ].join('\r\n'),
    )
    const { code, out, err } = await importReviews(file)
    expect(lines(out)).toEqual([
      expect.stringMatching(/^row 2: csv\/1\/1 https:\S+$/),
      expect.stringMatching(/^row 7: csv\/4\/1 https:\S+$/),
      expect.stringMatching(/^row 9: csv\/5\/1 https:\S+$/),
    ])
    expect(lines(err)).toEqual([
      'row 4: refused (REQUEST_INVALID): /candidate/email must be an e-mail address (and 1 more).',
      '  /decidedAt must be a date and time since 2000 with timezone, like 2026-03-02T16:20:00Z',
      'row 5: refused (REQUEST_MALFORMED): The row has 4 cells, the header 17.',
      expect.stringMatching(
        /^row 8: refused \(REVIEW_CONFLICT\): The review csv\/1\/1 was received/,
      ),
      '3 of 6 refused, 3 taken in.',
    ])
    expect(code).toBe(1)
  })

  const review = (id: string, change: ReviewInput = {}) =>
    JSON.stringify(aReview({ source: 'file', id, ...change }))

  it('takes in lines and lists, and says what it knew already', async () => {
    const twice = review('3').replace('{', '{"decision":"declined",')
    const declined = review('2', { decision: 'declined' })
    const text = [review('1'), '{"source":', '', declined, twice].join('\n')
    const ndjson = place.write('reviews.ndjson', text)
    const first = await importReviews(ndjson)
    expect(lines(first.out)).toEqual([
      expect.stringMatching(/^line 1: file\/1\/1 https:\S+$/),
      'line 4: file/2/1 declined',
    ])
    expect(lines(first.err)).toEqual([
      'line 2: refused (REQUEST_MALFORMED): The line cannot be read (/source): Not JSON at character 10: a value was expected.',
      'line 5: refused (REQUEST_MALFORMED): The line cannot be read (/decision): “decision” stands twice; keep one.',
      '2 of 4 refused, 2 taken in.',
    ])
    const list = place.write('reviews.json', `[${review('1')},${review('3')}]`)
    const before = digestDatabase(databaseUrl())
    const second = await importReviews(list)
    expect(second).toMatchObject({ code: 0, err: '' })
    const [known = '', fresh = ''] = lines(second.out)
    expect(known).toBe(`#1: file/1/1 ${BADGE.exec(first.out)?.[0]} (already known)`)
    expect(fresh).toMatch(/^#2: file\/3\/1 https:\S+$/)
    const between = digestDatabase(databaseUrl())
    expect(between).not.toBe(before)
    const third = await importReviews(list)
    expect(lines(third.out).every((line) => line.endsWith(' (already known)'))).toBe(true)
    expect(digestDatabase(databaseUrl())).toBe(between)
  })

  it('refuses a file that cannot be read as a whole', () => {
    const bad: readonly (readonly [string, RegExp])[] = [
      [place.write('half.json', '[{'), /half\.json cannot be read \(\/0\): Not JSON/],
      [place.write('empty.csv', `${header}\n`), /There is no review in the file .*empty\.csv/],
      [place.write('names.csv', 'Full name\nAna\n'), /column “Full name” is not a member path/],
      [place.write('semi.csv', 'source;id\nx;1\n'), /separated by semicolons/],
      [place.write('quote.csv', `${header}\n"Ana" E,\n`), /cannot be read near line 2 \(CSV_/],
      [place.write('latin1.csv', Buffer.from(`${header}\nMaría`, 'latin1')), /not UTF-8; save it/],
      [place.write('deep.json', '['.repeat(200_000)), /At most 17 levels/],
    ]
    for (const [file, sentence] of bad) expect(() => readReviewFile(file)).toThrow(sentence)
  })
})

describe('reviews release', () => {
  it('gives the badge of an approval that waits for staff, once', async () => {
    const slug = 'staff-released'
    const staff = sample
      .replace(/^slug: .*/m, `slug: ${slug}`)
      .replace(/^release: .*/m, 'release: staff')
    await importing(place.write('staff.yaml', staff))
    const review = JSON.stringify(aReview({ source: 'staff', id: 's', achievement: slug }))
    const waiting = await place.run(['reviews', 'import', place.write('staff.json', review)])
    expect(waiting).toEqual({ code: 0, out: '#1: staff/s/1 approved\n', err: '' })

    const first = await place.run(['reviews', 'release', 'staff', 's'])
    expect(first).toMatchObject({ code: 0, err: '' })
    expect(first.out).toMatch(new RegExp(`^${BADGE.source}\n$`))
    const [again, none] = await Promise.all([
      place.run(['reviews', 'release', 'staff', 's', '1']),
      place.run(['reviews', 'release', 'staff', 's', '2']),
    ])
    expect(again.out).toBe(first.out)
    expect(none).toEqual({ code: 1, out: '', err: 'imprimatur: There is no review staff/s/2.\n' })
  })
})
