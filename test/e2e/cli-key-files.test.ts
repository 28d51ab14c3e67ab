/** Key files that are not as they were made, and the change of their passphrase. */
import { chmodSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sealKey } from '../../src/adapters/proofs/key-cipher.js'
import { openKeyFile, resealKeyFile } from '../../src/adapters/proofs/key-file.js'
import { type KeyPlace, openKeyPlace } from '../support/cli-keys.js'

const PASSPHRASE = 'a passphrase for tests'
const NEXT_PASSPHRASE = 'another passphrase for tests'

let place: KeyPlace

beforeAll(async () => {
  place = openKeyPlace()
  await place.createKeys()
  await place.createKeys('--algorithm', 'Ed25519')
  await place.createKeys('--algorithm', 'RS256', '--bits', '2048')
})
afterAll(() => place.close())

describe('a key file that cannot be trusted', () => {
  /** Runs `work` while one key file is another. */
  async function whileChanged(file: string, text: string, work: () => Promise<void>) {
    const before = readFileSync(file)
    writeFileSync(file, text)
    try {
      await work()
    } finally {
      writeFileSync(file, before)
    }
  }

  it('stops everything that needs it while others can read it', async () => {
    const file = place.file('k3')
    const sentence = '…/keys/default.Ed25519.k3.json can be read by others; run chmod 600 on it.'
    chmodSync(file, 0o644)
    try {
      await place.expectRefused(['keys', 'activate', place.key('k3')], sentence)
      await place.expectRefused(['keys', 'create', '--algorithm', 'ES256'], sentence)
      const next = place.write('next', `${NEXT_PASSPHRASE}\n`)
      await place.expectRefused(['keys', 'passphrase', '--new', next], sentence)
      const { code, err, out } = await place.say(['keys', 'list'])
      expect([code, err]).toEqual([1, `imprimatur: ${sentence}\n`])
      expect(out).toContainEqual(expect.stringMatching(/^k3 .*its file is not in KEYS_DIR\)$/))
    } finally {
      chmodSync(file, 0o600)
    }
  })

  it('does not become the one that signs with the private half of another', async () => {
    const [own, other] = [place.file('k3'), place.file('k1')].map((file) =>
      JSON.parse(readFileSync(file, 'utf8')),
    )
    const args = ['keys', 'activate', place.key('k3')]
    const exchanged = JSON.stringify({ ...own, sealed: other.sealed })
    await whileChanged(place.file('k3'), exchanged, () =>
      place.expectRefused(
        args,
        '…/keys/default.Ed25519.k3.json does not open: wrong passphrase, or the file was changed.',
      ),
    )
    const { sealed: _sealed, ...header } = own
    const { privateKey } = await openKeyFile(place.file('k1'), PASSPHRASE)
    const secret = privateKey.export({ format: 'der', type: 'pkcs8' })
    const sealed = await sealKey(secret, PASSPHRASE, JSON.stringify(header))
    await whileChanged(place.file('k3'), JSON.stringify({ ...header, sealed }), () =>
      place.expectRefused(
        args,
        '…/keys/default.Ed25519.k3.json: the private and the public half do not belong together.',
      ),
    )
  })

  it('does not become the one that signs with a wrong passphrase, or when it is gone', async () => {
    const args = ['keys', 'activate', place.key('k3')]
    const wrong = { KEYS_PASSPHRASE_FILE: place.write('wrong', 'not the passphrase\n') }
    await place.expectRefused(
      args,
      '…/keys/default.Ed25519.k3.json does not open: wrong passphrase, or the file was changed.',
      wrong,
    )
    const file = place.file('k3')
    const text = readFileSync(file)
    rmSync(file)
    await place.expectRefused(args, 'The file of the key k3 is not in …/keys; put it back.')
    writeFileSync(file, text, { mode: 0o600 })
  })
})

describe('a new database', () => {
  const elsewhere = (folder: string) => ({
    DATA_DIR: path.join(place.folder, `${folder}-data`),
    KEYS_DIR: path.join(place.folder, folder),
  })

  it.each([
    ['copied', 0o600, /^Two files in KEYS_DIR hold the key k1; a key belongs to one issuer/],
    ['readable', 0o644, /copied\.json can be read by others; run chmod 600 on it\.$/],
  ])('takes no key over when one is %s', async (folder, mode, sentence) => {
    const env = elsewhere(folder)
    cpSync(place.file('k1'), path.join(env.KEYS_DIR, path.basename(place.file('k1'))))
    await copyFor('oceanside', path.join(env.KEYS_DIR, 'copied.json'), mode)
    const before = place.digest(env.KEYS_DIR)
    for (const args of [['keys', 'create'], ['serve']]) {
      const ended = await place.say(args, env)
      expect([ended.code, ended.out]).toEqual([1, []])
      expect(ended.err.replace(/^imprimatur: (.*)\n$/, '$1')).toMatch(sentence)
    }
    expect(place.digest(env.KEYS_DIR)).toBe(before)
    const { out } = await place.say(['keys', 'list'], env)
    expect(out.every((line) => line.includes('not recorded in this database'))).toBe(true)
  })
})

/** The key k1, sealed again as if it had been made for another issuer. */
async function copyFor(issuer: string, file: string, mode: number): Promise<void> {
  const { privateKey } = await openKeyFile(place.file('k1'), PASSPHRASE)
  const { sealed: _sealed, ...own } = JSON.parse(readFileSync(place.file('k1'), 'utf8'))
  const header = { ...own, issuer }
  const secret = privateKey.export({ format: 'der', type: 'pkcs8' })
  const sealed = await sealKey(secret, PASSPHRASE, JSON.stringify(header))
  writeFileSync(file, JSON.stringify({ ...header, sealed }))
  chmodSync(file, mode)
}

describe('keys passphrase', () => {
  const NAMES = ['k1', 'k2', 'k3', 'k4']
  const opensWith = async (passphrase: string) => {
    const found = await Promise.all(
      NAMES.map((name) =>
        openKeyFile(place.file(name), passphrase).then(
          () => [name],
          () => [],
        ),
      ),
    )
    return found.flat()
  }

  it.each([
    ['none', undefined, 'the passphrase file …/none cannot be read.'],
    ['short', 'short', 'the passphrase in …/short must have at least 12 characters.'],
  ])('refuses a new one that is %s', async (name, text, sentence) => {
    if (text !== undefined) place.write(name, text)
    await place.expectRefused(
      ['keys', 'passphrase', '--new', path.join(place.folder, name)],
      sentence,
    )
  })

  it('refuses when one key opens with neither, and changes none', async () => {
    const next = place.write('next', `${NEXT_PASSPHRASE}\n`)
    await resealKeyFile(await openKeyFile(place.file('k4'), PASSPHRASE), 'a third passphrase')
    await place.expectRefused(
      ['keys', 'passphrase', '--new', next],
      '…/keys/default.RS256.k4.json does not open: wrong passphrase, or the file was changed.',
    )
    await resealKeyFile(await openKeyFile(place.file('k4'), 'a third passphrase'), PASSPHRASE)
    expect(await opensWith(PASSPHRASE)).toEqual(NAMES)
  })

  it('goes on where it was interrupted, and then every key opens with the new one only', async () => {
    const next = place.write('next', `${NEXT_PASSPHRASE}\n`)
    for (const name of ['k2', 'k4'])
      await resealKeyFile(await openKeyFile(place.file(name), PASSPHRASE), NEXT_PASSPHRASE)
    writeFileSync(`${place.file('k3')}.next`, '{"half":', { mode: 0o600 })
    const done = [readFileSync(place.file('k2')), readFileSync(place.file('k4'))]
    expect(await place.say(['keys', 'passphrase', '--new', next])).toEqual({
      code: 0,
      out: [
        '4 key files now open with the passphrase in …/next.',
        'Set KEYS_PASSPHRASE_FILE to it before the next start, and keep a new copy of both.',
      ],
      err: '',
    })
    expect([readFileSync(place.file('k2')), readFileSync(place.file('k4'))]).toEqual(done)
    expect(readdirSync(place.keysDir).filter((name) => !name.endsWith('.json'))).toEqual([])
    expect(await opensWith(PASSPHRASE)).toEqual([])
    expect(await opensWith(NEXT_PASSPHRASE)).toEqual(NAMES)
    const stopped = await place.say(['serve'])
    expect([stopped.code, stopped.err]).toEqual([
      1,
      'imprimatur: …/keys/default.Ed25519.k1.json does not open: wrong passphrase, or the file was changed.\n',
    ])
    const started = place.start(['serve'], { KEYS_PASSPHRASE_FILE: next })
    await started.printed(/Serving /)
  })
})
