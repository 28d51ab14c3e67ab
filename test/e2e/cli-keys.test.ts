/** The life of keys and issuers at the terminal: real processes, real files. */
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ended, openWorkplace, ROOT, type Workplace } from '../support/http-cli.js'
import { digestDatabase } from '../support/http-database-digest.js'

const SAMPLE = path.join(ROOT, 'scripts/demo/empowering-students-as-creators.yaml')

let place: Workplace

beforeAll(async () => {
  place = openWorkplace()
  await place.run(['keys', 'create'])
  await place.run(['achievements', 'import', SAMPLE])
})
afterAll(() => place.close())

type Key = {
  readonly id: string
  readonly issuer: string
  readonly algorithm: string
  readonly state: string
}

const keys = (...args: readonly string[]) => place.run(['keys', ...args])
const folder = () => path.join(place.folder, 'keys')
const files = () => readdirSync(folder()).map((name) => path.join(folder(), name))
const fileOf = (id: string) => files().find((file) => readFileSync(file, 'utf8').includes(id)) ?? ''
const digest = () => ({
  database: digestDatabase(`file:${path.join(place.folder, 'data/imprimatur.db')}`),
  files: files().map((file) => readFileSync(file, 'utf8')),
})

async function list(): Promise<readonly Key[]> {
  const { out } = await keys('list')
  return out
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [id = '', issuer = '', algorithm = '', state = ''] = line.split('  ')
      return { id, issuer, algorithm, state }
    })
}
const find = async (state: string, algorithm = 'Ed25519') =>
  (await list()).find((key) => key.state === state && key.algorithm === algorithm)?.id ?? ''

function expectSentence({ code, out, err }: Ended, sentence: RegExp): void {
  expect([code, out, err.trimEnd().split('\n').length]).toEqual([1, '', 1])
  expect(err).toMatch(sentence)
}

async function expectRefused(args: readonly string[], sentence: RegExp): Promise<void> {
  const before = digest()
  expectSentence(await keys(...args), sentence)
  expect(digest()).toEqual(before)
}

describe('keys', () => {
  it('are made, wait, sign, retire and are given up', async () => {
    const first = await find('active')
    const made = await keys('create', '--algorithm', 'Ed25519')
    expect([made.code, made.err]).toEqual([0, ''])
    expect(made.out).toMatch(
      /^Made {4}.*\nIssuer {2}did:web:badges\.example\.org\nKey {5}.* \(Ed25519, pending\)\n/,
    )
    const next = await find('pending')
    expect(await keys('activate', next.slice(0, 12))).toEqual({
      code: 0,
      out: `${next}  default  Ed25519  is now active\n`,
      err: '',
    })
    expect([await find('active'), await find('retired')]).toEqual([next, first])
    const given = await keys('compromise', first, '--since', '2026-01-01T00:00:00+01:00')
    expect(given.out).toBe(`${first}  default  Ed25519  is now compromised\n`)
    expect((await keys('list')).out).toContain('compromised since 2025-12-31T23:00:00Z')
  })

  it('sign with the one that is active', async () => {
    const { out } = await place.run([
      'reviews',
      'import',
      path.join(ROOT, 'scripts/demo/review.json'),
    ])
    expect(out).toMatch(/badges\/[0-9a-z]{26}/)
    const { out: kit } = await keys('export')
    const { didDocument } = JSON.parse(kit)
    expect(didDocument.assertionMethod).toContain(
      `did:web:badges.example.org#${await find('active')}`,
    )
  })

  it('are also RSA, of 2,048 bits at least', async () => {
    const made = await keys('create', '--algorithm', 'RS256', '--bits', '2048')
    expect(made.out).toMatch(/\(RS256, active\)/)
    const before = digest()
    const small = await keys('create', '--algorithm', 'RS256', '--bits', '1024')
    expect([small.code, small.out]).toEqual([1, ''])
    expect(small.err).toMatch(/multiple of 8 from 2048/)
    expect(digest()).toEqual(before)
  })

  it('give away their public halves, and nothing else', async () => {
    const { code, out } = await keys('export')
    expect(code).toBe(0)
    const { didDocument, jwks } = JSON.parse(out)
    expect(didDocument.id).toBe('did:web:badges.example.org')
    expect(jwks.keys.map((key: { alg: string }) => key.alg).sort()).toEqual(['ES256', 'RS256'])
    for (const secret of ['"d"', '"p"', '"q"', '"dp"', '"dq"', '"qi"', 'PRIVATE', 'sealed'])
      expect(out).not.toContain(secret)
  })

  it('are never made twice without being asked for', async () => {
    await expectRefused(['create'], /has its keys already; to make a successor, say of which kind/)
  })

  it('stay as they are when what is asked for cannot be', async () => {
    const [active, compromised] = [await find('active'), await find('compromised')]
    await expectRefused(['activate', compromised], /compromised/)
    await expectRefused(['activate', active], /active/)
    await expectRefused(['retire', active], /activate its successor instead/)
    await expectRefused(['retire', compromised], /compromised/)
    await expectRefused(['activate', 'z6MkNone'], /No key begins with “z6MkNone”/)
    await expectRefused(['activate', 'z'], /keys begin with “z”/)
    const future = ['compromise', active, '--since', '2999-01-01T00:00:00Z']
    await expectRefused(future, /future/)
  })
})

describe('a key file', () => {
  /** A key that waits, and whose file is spoilt: it must not become the one that signs. */
  async function spoilt(change: (file: string) => void): Promise<string> {
    await keys('create', '--algorithm', 'Ed25519')
    const id = await find('pending')
    const file = fileOf(id)
    const before = readFileSync(file)
    change(file)
    await expectRefused(['activate', id], /\S/)
    const { err } = await keys('activate', id)
    writeFileSync(file, before)
    chmodSync(file, 0o600)
    expect((await keys('activate', id)).code).toBe(0)
    return err
  }
  const edit = (file: string, change: object) =>
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...change }))

  it('that others can read, whose halves are swapped or that was changed does not come to sign', async () => {
    expect(await spoilt((file) => chmodSync(file, 0o644))).toMatch(/chmod 600/)
    const active = fileOf(await find('active'))
    const { sealed } = JSON.parse(readFileSync(active, 'utf8'))
    expect(await spoilt((file) => edit(file, { sealed }))).toMatch(/was changed/)
    expect(await spoilt((file) => writeFileSync(file, ''))).toMatch(/\.json/)
  })

  it('does not open with a wrong passphrase, which is named nowhere', async () => {
    await keys('create', '--algorithm', 'Ed25519')
    const id = await find('pending')
    const wrong = place.write('wrong', 'another passphrase\n')
    const before = digest()
    const said = await place.run(['keys', 'activate', id], { KEYS_PASSPHRASE_FILE: wrong })
    expectSentence(said, /passphrase/)
    expect(said.err).not.toContain('another passphrase')
    expect(digest()).toEqual(before)
  })
})

describe('the passphrase', () => {
  it('is changed for every file, and a change that was interrupted is finished by the next', async () => {
    const next = place.write('next', 'the passphrase that follows\n')
    const old = files().map((file) => readFileSync(file))
    const changed = await keys('passphrase', '--new', next)
    expect([changed.code, changed.err]).toEqual([0, ''])
    expect(changed.out).toMatch(/^\d+ key files now open with the passphrase in /)
    // As if it had been interrupted: one file is sealed as before.
    writeFileSync(files()[0] ?? '', old[0] ?? '')
    expect((await keys('passphrase', '--new', next)).code).toBe(0)
    const env = { KEYS_PASSPHRASE_FILE: next }
    const review = JSON.parse(readFileSync(path.join(ROOT, 'scripts/demo/review.json'), 'utf8'))
    const file = place.write('after.json', JSON.stringify({ ...review, id: 'after' }))
    const { out } = await place.run(['reviews', 'import', file], env)
    expect(out).toMatch(/badges\/[0-9a-z]{26}/)
    expectSentence(await place.run(['reviews', 'import', file]), /passphrase/)
    expect(
      (
        await place.run(
          ['keys', 'passphrase', '--new', place.env['KEYS_PASSPHRASE_FILE'] ?? ''],
          env,
        )
      ).code,
    ).toBe(0)
  })

  it('is not changed for any file when one of them does not open', async () => {
    const next = place.write('next-2', 'yet another passphrase\n')
    const [first = ''] = files()
    const before = readFileSync(first, 'utf8')
    const key = JSON.parse(before)
    const { ciphertext } = key.sealed
    key.sealed.ciphertext = `${ciphertext.startsWith('A') ? 'B' : 'A'}${ciphertext.slice(1)}`
    writeFileSync(first, JSON.stringify(key))
    await expectRefused(['passphrase', '--new', next], /\S/)
    writeFileSync(first, before)
    await expectRefused(['passphrase', '--new', path.join(place.folder, 'none')], /cannot be read/)
    await expectRefused(['passphrase', '--new', place.write('short', 'short\n')], /12 characters/)
  })
})

describe('issuers', () => {
  const issuers = (...args: readonly string[]) => place.run(['issuers', ...args])

  it('are added, get keys and tokens of their own, and are listed', async () => {
    const added = await issuers('add', 'vista-unified', '--name', 'Vista Unified')
    expect(added.out).toMatch(/^Added the issuer vista-unified\. Make its keys with/)
    expect((await issuers('list')).out).toMatch(
      /\nvista-unified {2}Vista Unified {2}has no active key\n$/,
    )
    const made = await keys('create', '--issuer', 'vista-unified')
    expect(made.out).toMatch(/Issuer {2}did:web:badges\.example\.org:issuers:vista-unified/)
    expect((await issuers('list')).out).toMatch(
      /did:web:badges\.example\.org:issuers:vista-unified\n$/,
    )
    const token = await place.run([
      'tokens',
      'create',
      '--scope',
      'reviews:write',
      '--issuer',
      'vista-unified',
    ])
    expect(token.out).toMatch(/^imp_/)
    const exported = JSON.parse((await keys('export', '--issuer', 'vista-unified')).out)
    expect(exported.didDocument.id).toBe('did:web:badges.example.org:issuers:vista-unified')
  })

  it.each([
    [['issuers', 'add', 'vista-unified', '--name', 'Again'], /vista-unified/],
    [['issuers', 'add', 'default', '--name', 'Ours'], /default/],
    [['issuers', 'add', 'Not A Slug', '--name', 'X'], /small letters/],
    [['issuers', 'add', 'other', '--name', ' '], /--name must be one line/],
    [
      ['issuers', 'forget-keys', 'did:web:none.example'],
      /No keys of “did:web:none\.example” are known/,
    ],
    [['keys', 'create', '--issuer', 'nobody'], /nobody/],
    [['tokens', 'create', '--scope', 'reviews:write', '--issuer', 'nobody'], /nobody/],
    [['keys', 'export', '--issuer', 'nobody'], /nobody/],
  ])('are refused in one sentence (%#)', async (args, sentence) => {
    const before = digest()
    expectSentence(await place.run(args), sentence)
    expect(digest()).toEqual(before)
  })

  it('do not take each other’s keys: a file that says so is refused', async () => {
    const file = fileOf((await list()).find((key) => key.issuer === 'vista-unified')?.id ?? '')
    const before = readFileSync(file)
    const changed = { ...JSON.parse(before.toString()), issuer: 'default' }
    writeFileSync(file, JSON.stringify(changed))
    const said = await place.run(['keys', 'list'])
    writeFileSync(file, before)
    expect(said.code).toBe(0)
    expect(said.out).toMatch(/vista-unified {2}Ed25519 {2}active/)
  })
})
