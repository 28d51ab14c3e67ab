/** `imprimatur conformance-kit`: a folder that can be handed in. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { extractFromPicture } from '../../src/adapters/images/picture-file.js'
import { openWorkplace, ROOT, type Workplace } from '../support/http-cli.js'
import { digestDatabase } from '../support/http-database-digest.js'

const SAMPLE = path.join(ROOT, 'scripts/demo/empowering-students-as-creators.yaml')
const FILES = [
  'badge.png',
  'badge.svg',
  'credential.json',
  'credential.jwt',
  'did.json',
  'instructions.html',
  'status-list.json',
]

let place: Workplace

beforeAll(async () => {
  place = openWorkplace()
  await place.run(['keys', 'create'])
})
afterAll(() => place.close())

const kit = (...args: readonly string[]) => place.run(['conformance-kit', ...args])
const folder = () => path.join(place.folder, 'kit')
const read = (name: string) => readFileSync(path.join(folder(), name))
const digest = () => digestDatabase(`file:${path.join(place.folder, 'data/imprimatur.db')}`)

describe('conformance-kit', () => {
  it('says what to do when there is nothing to issue', async () => {
    const { code, out, err } = await kit(folder())
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(/There is no achievement yet; import one first/)
  })

  it('writes one badge for the certification body in every form, and instructions', async () => {
    await place.run(['achievements', 'import', SAMPLE])
    const { code, out, err } = await kit(folder())
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(
      /\nBadge +https:\/\/badges\.example\.org\/badges\/[0-9a-z]{26} {2}ours: valid\n$/,
    )
    expect(readdirSync(folder()).sort()).toEqual(FILES)

    const signed = read('credential.json').toString()
    const credential = JSON.parse(signed)
    expect(signed).toContain('1EdTech Conformance')
    expect(credential.proof).toEqual([expect.objectContaining({ cryptosuite: 'eddsa-rdfc-2022' })])
    for (const name of ['badge.png', 'badge.svg'])
      expect(extractFromPicture(read(name))).toBe(signed)
    expect(decodeJwt(read('credential.jwt').toString())).toMatchObject({
      iss: credential.issuer.id,
      jti: credential.id,
    })
    const did = JSON.parse(read('did.json').toString())
    expect(did.id).toBe(credential.issuer.id)
    expect(did.assertionMethod).toContain(credential.proof[0].verificationMethod)
    const list = JSON.parse(read('status-list.json').toString())
    expect(list.id).toBe(credential.credentialStatus.statusListCredential)
    const page = read('instructions.html').toString()
    for (const name of FILES.filter((one) => one !== 'instructions.html'))
      expect(page).toContain(`href="${name}"`)
    expect(page).toContain('conformance@imsglobal.org')
    expect(page).not.toContain('for a trial only')
  })

  it('was issued to conformance@imsglobal.org', async () => {
    const { identifier } = JSON.parse(read('credential.json').toString()).credentialSubject
    const { salt, identityHash } = identifier.find(
      (one: { identityType: string }) => one.identityType === 'emailAddress',
    )
    const hash = createHash('sha256').update(`conformance@imsglobal.org${salt}`).digest('hex')
    expect(identityHash).toBe(`sha256$${hash}`)
  })

  it('is the same badge when made again', async () => {
    const [before, rows] = [read('credential.json'), digest()]
    expect((await kit(folder())).code).toBe(0)
    expect(read('credential.json').equals(before)).toBe(true)
    expect(digest()).toBe(rows)
  })

  it('is another badge once the first was taken back, and never somebody else’s', async () => {
    const { id } = JSON.parse(read('credential.json').toString())
    const code = id.split('/').at(-1)
    await place.run(['badges', 'revoke', code, '--reason', 'For a trial.'])
    const review = JSON.parse(readFileSync(path.join(ROOT, 'scripts/demo/review.json'), 'utf8'))
    const taken = { ...review, source: 'conformance-kit', id: 'empowering-students-as-creators-1' }
    const file = place.write('taken.json', JSON.stringify({ ...taken, attempt: 2 }))
    expect((await place.run(['reviews', 'import', file])).code).toBe(0)
    expect((await kit(folder())).code).toBe(0)
    const signed = read('credential.json').toString()
    expect(JSON.parse(signed).id).not.toBe(id)
    expect(signed).toContain('1EdTech Conformance')
    expect(signed).not.toContain(review.candidate.name)
  })

  it('asks which achievement is meant when there are several', async () => {
    const other = readFileSync(SAMPLE, 'utf8')
      .replace(/^slug: .*/m, 'slug: second')
      .replace('file: badges/', `file: ${path.join(ROOT, 'scripts/demo/badges')}/`)
    const { code: imported } = await place.run([
      'achievements',
      'import',
      place.write('b.yaml', other),
    ])
    expect(imported).toBe(0)
    const { code, err } = await kit(folder())
    expect(code).toBe(1)
    expect(err).toMatch(/with --achievement: empowering-students-as-creators, second|second, emp/)
    expect((await kit(folder(), '--achievement', 'second')).code).toBe(0)
  })

  it('is marked as a trial where the service is on http', async () => {
    const env = { BASE_URL: 'http://localhost:3000', DATA_DIR: path.join(place.folder, 'trial') }
    await place.run(['achievements', 'import', SAMPLE], env)
    const trial = await place.run(['conformance-kit', folder()], env)
    expect([trial.code, trial.err]).toEqual([0, expect.stringMatching(/for a trial only/)])
    expect(read('instructions.html').toString()).toContain('for a trial only')
  })
})
