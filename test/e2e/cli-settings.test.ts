/** A wrong setting stops the start: one sentence that names it, and an exit code that says so. */
import { spawn } from 'node:child_process'
import { chmodSync, cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPassphrase, readSettings } from '../../src/config/settings.js'
import { SETTINGS } from '../../src/config/settings-table.js'
import {
  type Ended,
  type Env,
  follow,
  openWorkplace,
  ROOT,
  type Workplace,
} from '../support/http-cli.js'

let place: Workplace
let created: Ended

beforeAll(async () => {
  place = openWorkplace()
  created = await place.run(['keys', 'create'])
})
afterAll(() => place.close())

/** The file of the Ed25519 key in a folder. */
function keyFile(dir = path.join(place.folder, 'keys')): string {
  const name = readdirSync(dir).find((one) => one.startsWith('default.Ed25519.'))
  return path.join(dir, name ?? 'none')
}

/** One sentence on standard error, nothing else anywhere. */
function expectSentence(ended: Ended, sentence: RegExp): void {
  expect(ended).toEqual({ code: 1, out: '', err: expect.stringMatching(sentence) })
  expect(ended.err).toMatch(/^imprimatur: [^\n]+\n$/)
}

describe('keys create', () => {
  it('makes a file for its owner alone, in which the secret part is sealed', () => {
    expect(created).toMatchObject({ code: 0, err: '' })
    expect(statSync(keyFile()).mode & 0o777).toBe(0o600)
    expect(statSync(path.dirname(keyFile())).mode & 0o777).toBe(0o700)
    const file = JSON.parse(readFileSync(keyFile(), 'utf8'))
    expect(Object.keys(file)).toEqual([
      'format',
      'issuer',
      'algorithm',
      'keyId',
      'created',
      'sealed',
    ])
    expect(file.sealed).toMatchObject({ kdf: 'scrypt', cipher: 'aes-256-gcm' })
    expect(created.out).toContain(`did:web:badges.example.org#${file.keyId}  (Ed25519, active)\n`)
    expect(created.out).toContain(`Made    ${keyFile()}\n`)
    expect(created.out).toMatch(/\/keys\/zDn\w+ {2}\(ES256, active\)\n/)
  })

  it('never overwrites a key', async () => {
    const before = readFileSync(keyFile())
    expectSentence(await place.run(['keys', 'create']), /has its keys already/)
    expect(readFileSync(keyFile())).toEqual(before)
  })
})

describe('a key that is not as it was made', () => {
  /** Starts with a copy of the key that `change` has spoilt. */
  function startWith(name: string, change: (file: string) => void): Promise<Ended> {
    const KEYS_DIR = path.join(place.folder, name)
    cpSync(path.join(place.folder, 'keys'), KEYS_DIR, { recursive: true })
    change(keyFile(KEYS_DIR))
    return place.run(['serve'], { KEYS_DIR })
  }

  function edit(file: string, change: object): void {
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...change }))
  }

  it('stops the start', async () => {
    const other = path.join(place.folder, 'other')
    await place.run(['keys', 'create'], { KEYS_DIR: other, DATA_DIR: `${other}-data` })
    const { sealed } = JSON.parse(readFileSync(keyFile(other), 'utf8'))
    const [swapped, elsewhere] = await Promise.all([
      startWith('swapped', (file) => edit(file, { sealed })),
      place.run(['serve'], { BASE_URL: undefined }),
    ])
    expectSentence(swapped, /was changed/)
    expectSentence(elsewhere, /belong to https:\/\/badges\.example\.org, and BASE_URL is http:/)
  })
})

describe('every setting', () => {
  const good: Env = { KEYS_PASSPHRASE_FILE: '/tmp/any' }
  const WRONG: Readonly<Record<string, readonly (readonly [string, RegExp])[]>> = {
    PORT: [
      ['70000', /^PORT must be a whole number from 0 to 65535, not “70000”\.$/],
      ['http', /^PORT must be /],
      ['-1', /^PORT must be /],
      ['3e3', /^PORT must be /],
    ],
    BASE_URL: [
      ['badges.example.org', /^BASE_URL must be an origin like/],
      ['ftp://badges.example.org', /^BASE_URL must be an origin/],
      ['https://badges.example.org/frl', /^BASE_URL must be an origin/],
      ['https://user@badges.example.org', /^BASE_URL must be an origin/],
      ['https://badges.example.org?x', /^BASE_URL must be an origin/],
      ['https://badges.example.org/', /^BASE_URL must not end with a slash/],
    ],
    DATABASE_URL: [['mysql://localhost/x', /^DATABASE_URL must start with postgres/]],
    ISSUER_URL: [['http://example.org', /^ISSUER_URL must be an https URL/]],
    ISSUER_EMAIL: [['badges', /^ISSUER_EMAIL must be an e-mail address/]],
    NAME_IN_BADGE: [['yes', /^NAME_IN_BADGE must be on or off/]],
    JWT_ALGORITHM: [['HS256', /^JWT_ALGORITHM must be one of ES256, RS256, off/]],
    LEGACY_PROOF: [['true', /^LEGACY_PROOF must be on or off/]],
    VERIFY_WORKERS: [['0', /^VERIFY_WORKERS must be a whole number from 1 to 64/]],
    VERIFY_PER_MINUTE: [['0', /^VERIFY_PER_MINUTE must be a whole number from 1 to 1000000/]],
    RECIPIENT_TRIES_PER_BADGE: [['none', /^RECIPIENT_TRIES_PER_BADGE must be a whole number/]],
    RECIPIENT_TRIES_PER_CLIENT: [['1.5', /^RECIPIENT_TRIES_PER_CLIENT must be a whole number/]],
    TRUSTED_PROXIES: [
      ['true', /^TRUSTED_PROXIES must be a whole number from 0 to 8, not “true”\.$/],
    ],
    OUTBOUND_PORTS: [['https', /^OUTBOUND_PORTS must be ports like 8443/]],
    OUTBOUND_DEVELOPMENT: [['yes', /^OUTBOUND_DEVELOPMENT must be on or off/]],
    VC_API_GENERIC: [['on', /^VC_API_GENERIC must be one of false, true, not “on”\.$/]],
    SMTP_URL: [
      ['mail.example.org:587', /^SMTP_URL must be like smtp:[^“]*$/],
      ['https://mail.example.org', /^SMTP_URL must be like/],
      ['smtp://u:secret@mail.example.org/?x=1', /^SMTP_URL must be like(?!.*secret)/],
      ['smtp://mail.example.org', /^MAIL_FROM must name the sender/],
    ],
    MAIL_FROM: [
      ['badges', /^MAIL_FROM must be an address/],
      ['A@b.example, c@d.example', /^MAIL_FROM must be an address/],
      ['Badges\r\nBcc: x <a@b.example>', /^MAIL_FROM must be an address/],
    ],
    MAIL_LANGUAGE: [['fr', /^MAIL_LANGUAGE must be one of en, es/]],
    LOG_LEVEL: [['loud', /^LOG_LEVEL must be one of silent, error/]],
    NODE_TLS_REJECT_UNAUTHORIZED: [['0', /^NODE_TLS_REJECT_UNAUTHORIZED=0 /]],
  }
  /** Any text will do for these here; what they name is looked at when it is used. */
  const FREE = ['HOST', 'DATA_DIR', 'KEYS_DIR', 'ISSUER_NAME', 'ISSUER_DESCRIPTION', 'TRUST_LISTS']

  it('is asked about here', () => {
    const asked = [...Object.keys(WRONG), ...FREE, 'KEYS_PASSPHRASE_FILE']
    expect(asked).toEqual(expect.arrayContaining(Object.keys(SETTINGS)))
  })

  for (const [name, cases] of Object.entries(WRONG)) {
    it(`is refused in one sentence: ${name}`, () => {
      for (const [value, sentence] of cases)
        expect(() => readSettings({ ...good, [name]: value })).toThrow(sentence)
      expect(() => readSettings(good)).not.toThrow()
    })
  }
})

describe('the passphrase', () => {
  it('is refused in one sentence when it is missing, short, or open to everyone', () => {
    const open = place.write('open', 'a passphrase for tests\n')
    chmodSync(open, 0o644)
    const files: readonly (readonly [string, RegExp])[] = [
      ['', /^KEYS_PASSPHRASE_FILE must name a file/],
      ['/nowhere/passphrase', /^the passphrase file \/nowhere\/passphrase cannot be read/],
      [place.write('short', 'elevenchars\n'), /must have at least 12 characters\.$/],
      [open, /can be read by everyone; run chmod 600 on it\.$/],
    ]
    for (const [KEYS_PASSPHRASE_FILE, sentence] of files) {
      const settings = readSettings({ KEYS_PASSPHRASE_FILE })
      expect(() => readPassphrase(settings)).toThrow(sentence)
    }
    const good = readSettings({ KEYS_PASSPHRASE_FILE: place.env['KEYS_PASSPHRASE_FILE'] })
    expect(readPassphrase(good)).toBe('a passphrase for tests')
  })
})

describe('serve', () => {
  it('stops for what it cannot use, with one sentence', async () => {
    const wrong: readonly (readonly [Env, RegExp])[] = [
      [{ HOST: 'no-such-host.invalid' }, /HOST no-such-host.invalid .* cannot be listened on/],
      [{ DATA_DIR: '/dev/null/data' }, /\/dev\/null\/data/],
      [{ DATABASE_URL: 'postgres://u:hidden@127.0.0.1:1/x' }, /database/i],
      [
        { TRUST_LISTS: '/nowhere/list.json' },
        /the list \/nowhere\/list\.json in TRUST_LISTS cannot/,
      ],
      [{ KEYS_DIR: '/nowhere' }, /The file of the key z6Mk\w+ is not in \/nowhere; put it back/],
    ]
    const ended = await Promise.all(wrong.map(([env]) => place.run(['serve'], env)))
    for (const [index, [, sentence]] of wrong.entries()) {
      const one = ended[index]
      if (one === undefined) throw new Error('it did not end')
      expectSentence(one, sentence)
      expect(one.err).not.toContain('hidden')
    }
  })

  it('stops when the port is taken, and leaves nothing running', async () => {
    const first = place.start(['serve'])
    const [, port = ''] = await first.printed(/^Serving .*:(\d+)\n/m)
    const second = await place.run(['serve'], { PORT: port })
    expectSentence(second, /PORT \d+ cannot be listened on .*EADDRINUSE/)
    first.process.kill('SIGTERM')
    expect((await first.ended).code).toBe(0)
  })
})

describe('npx imprimatur --help', () => {
  it('lists the commands', async () => {
    const { HOME, PATH } = process.env
    const child = spawn('npx', ['--no-install', 'imprimatur', '--help'], {
      cwd: ROOT,
      env: { HOME, PATH },
    })
    const { code, out } = await follow(child).ended
    expect(code).toBe(0)
    for (const command of ['serve', 'keys', 'issuers', 'achievements', 'tokens', 'reviews', 'demo'])
      expect(out).toMatch(new RegExp(`^  ${command} `, 'm'))
  })
})
