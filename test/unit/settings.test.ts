import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readPassphrase, readSettings } from '../../src/config/settings.js'
import { SETTINGS } from '../../src/config/settings-table.js'
import { IssuerError } from '../../src/domain/issuer-error.js'

function sentenceOf(work: () => unknown): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    if (!(error instanceof IssuerError)) throw error
    expect(error.code).toBe('SETTING_INVALID')
    return error.message
  }
}

describe('readSettings', () => {
  it('has a default for all that is not required', () => {
    const data = path.resolve('data')
    expect(readSettings({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      baseUrl: 'http://localhost:3000',
      dataDir: data,
      databaseUrl: `file:${path.join(data, 'imprimatur.db')}`,
      keysDir: path.resolve('keys'),
      keysPassphraseFile: undefined,
      issuerName: 'Future Ready Librarians',
      issuerUrl: undefined,
      issuerDescription: undefined,
      issuerEmail: undefined,
      nameInBadge: true,
      legacyProof: true,
      jwtAlgorithm: 'ES256',
      verifyWorkers: 3,
      verifyPerMinute: 120,
      recipientTriesPerBadge: 10,
      recipientTriesPerClient: 60,
      trustedProxies: 0,
      trustLists: [],
      outboundPorts: [],
      outboundDevelopment: false,
      vcApiGeneric: false,
      smtpUrl: undefined,
      mailFrom: undefined,
      mailLanguage: 'en',
      logLevel: 'info',
    })
  })

  it('reads each setting of the table', () => {
    const settings = readSettings({
      PORT: '0',
      HOST: '::',
      BASE_URL: 'https://Badges.example.org:8443',
      DATA_DIR: '/var/lib/imprimatur',
      DATABASE_URL: 'postgresql://db.example.org/imprimatur',
      KEYS_DIR: '/etc/keys',
      KEYS_PASSPHRASE_FILE: '/run/secrets/passphrase',
      ISSUER_NAME: ' FRL ',
      ISSUER_URL: 'https://library.example.org/frl',
      ISSUER_DESCRIPTION: 'A programme.',
      ISSUER_EMAIL: 'badges@example.org',
      NAME_IN_BADGE: 'off',
      LEGACY_PROOF: 'off',
      JWT_ALGORITHM: 'RS256',
      VERIFY_WORKERS: '64',
      VERIFY_PER_MINUTE: '7',
      RECIPIENT_TRIES_PER_BADGE: '8',
      RECIPIENT_TRIES_PER_CLIENT: '9',
      TRUSTED_PROXIES: '2',
      TRUST_LISTS: '/etc/lists/dcc.json, own.json,',
      OUTBOUND_PORTS: '8443, 9443',
      OUTBOUND_DEVELOPMENT: 'off',
      VC_API_GENERIC: 'true',
      SMTP_URL: 'smtps://user:pass%40word@mail.example.org',
      MAIL_FROM: 'FRL Badges <badges@example.org>',
      MAIL_LANGUAGE: 'es',
      LOG_LEVEL: 'silent',
    })
    expect(settings).toEqual({
      port: 0,
      host: '::',
      baseUrl: 'https://badges.example.org:8443',
      dataDir: '/var/lib/imprimatur',
      databaseUrl: 'postgresql://db.example.org/imprimatur',
      keysDir: '/etc/keys',
      keysPassphraseFile: '/run/secrets/passphrase',
      issuerName: 'FRL',
      issuerUrl: 'https://library.example.org/frl',
      issuerDescription: 'A programme.',
      issuerEmail: 'badges@example.org',
      nameInBadge: false,
      legacyProof: false,
      jwtAlgorithm: 'RS256',
      verifyWorkers: 64,
      verifyPerMinute: 7,
      recipientTriesPerBadge: 8,
      recipientTriesPerClient: 9,
      trustedProxies: 2,
      trustLists: ['/etc/lists/dcc.json', path.resolve('own.json')],
      outboundPorts: [8443, 9443],
      outboundDevelopment: false,
      vcApiGeneric: true,
      smtpUrl: 'smtps://user:pass%40word@mail.example.org',
      mailFrom: 'FRL Badges <badges@example.org>',
      mailLanguage: 'es',
      logLevel: 'silent',
    })
    expect(Object.keys(settings)).toHaveLength(Object.keys(SETTINGS).length)
  })

  it('takes an empty or blank value for none', () => {
    expect(readSettings({ PORT: '', ISSUER_NAME: '  ', ISSUER_URL: '' })).toEqual(readSettings({}))
  })

  it('cannot be changed afterwards', () => {
    expect(Object.isFrozen(readSettings({}))).toBe(true)
  })

  it.each([
    ['PORT', '80a'],
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', '3e3'],
    ['PORT', '3000.5'],
    ['PORT', '0x50'],
    ['VERIFY_WORKERS', '0'],
    ['VERIFY_WORKERS', '65'],
    ['VERIFY_PER_MINUTE', '0'],
    ['TRUSTED_PROXIES', 'true'],
    ['TRUSTED_PROXIES', '9'],
    ['OUTBOUND_PORTS', '0'],
    ['OUTBOUND_PORTS', '65536'],
    ['OUTBOUND_PORTS', '8443 9443'],
    ['OUTBOUND_PORTS', '8443,'],
    ['OUTBOUND_PORTS', 'https'],
    ['OUTBOUND_DEVELOPMENT', 'yes'],
    ['NAME_IN_BADGE', 'true'],
    ['NAME_IN_BADGE', 'ON'],
    ['LEGACY_PROOF', 'no'],
    ['LOG_LEVEL', 'verbose'],
    ['BASE_URL', 'badges.example.org'],
    ['BASE_URL', '//badges.example.org'],
    ['BASE_URL', 'ftp://badges.example.org'],
    ['BASE_URL', 'https://badges.example.org/'],
    ['BASE_URL', 'https://badges.example.org/frl'],
    ['BASE_URL', 'https://badges.example.org?x=1'],
    ['BASE_URL', 'https://badges.example.org?'],
    ['BASE_URL', 'https://badges.example.org#top'],
    ['BASE_URL', 'https://user@badges.example.org'],
    ['BASE_URL', 'https://:secret@badges.example.org'],
    ['BASE_URL', 'https:\\\\badges.example.org'],
    ['BASE_URL', 'javascript:alert(1)'],
    ['BASE_URL', 'https://[2001:db8::1]:8443'],
    ['ISSUER_NAME', 'F\u0001RL'],
    ['ISSUER_NAME', 'F\ufffdRL'],
    ['ISSUER_NAME', 'x'.repeat(501)],
    ['ISSUER_DESCRIPTION', 'two\nlines'],
    ['ISSUER_URL', 'http://library.example.org'],
    ['ISSUER_URL', 'library.example.org'],
    ['ISSUER_URL', 'https://library.example.org/a b'],
    ['ISSUER_URL', 'https://library.example.org/"x'],
    ['ISSUER_EMAIL', 'badges'],
    ['ISSUER_EMAIL', 'badges@'],
    ['ISSUER_EMAIL', 'two words@example.org'],
    ['DATABASE_URL', 'mysql://db.example.org/x'],
    ['DATABASE_URL', 'file:x.db'],
  ])('refuses %s=%s in one sentence with its name', (name, value) => {
    const sentence = sentenceOf(() => readSettings({ [name]: value }))
    expect(sentence).toMatch(new RegExp(`^${name} must .*\\.$`))
    expect(sentence).not.toContain('secret')
    expect(sentence).not.toContain('\n')
  })

  it('lets a service on http alone fetch from its own machine', () => {
    const OUTBOUND_DEVELOPMENT = 'on'
    expect(readSettings({ OUTBOUND_DEVELOPMENT }).outboundDevelopment).toBe(true)
    const onHttps = { OUTBOUND_DEVELOPMENT, BASE_URL: 'https://badges.example.org' }
    expect(sentenceOf(() => readSettings(onHttps))).toBe(
      'OUTBOUND_DEVELOPMENT must be off when BASE_URL is https.',
    )
  })

  it('does not repeat a database URL, which may hold a password', () => {
    const sentence = sentenceOf(() => readSettings({ DATABASE_URL: 'mysql://u:hunter2@db/x' }))
    expect(sentence).toContain('DATABASE_URL')
    expect(sentence).not.toContain('hunter2')
  })

  it('refuses to run with certificate checks off', () => {
    expect(sentenceOf(() => readSettings({ NODE_TLS_REJECT_UNAUTHORIZED: '0' }))).toContain(
      'NODE_TLS_REJECT_UNAUTHORIZED=0',
    )
    expect(sentenceOf(() => readSettings({ NODE_TLS_REJECT_UNAUTHORIZED: '1' }))).toBeUndefined()
  })
})

describe('readPassphrase', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'imprimatur-settings-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  let count = 0
  function from(text: string | Uint8Array, mode = 0o600): string {
    count += 1
    const file = path.join(folder, `passphrase-${count}`)
    writeFileSync(file, text)
    chmodSync(file, mode)
    return readPassphrase(readSettings({ KEYS_PASSPHRASE_FILE: file }))
  }

  it.each([
    ['as it is', 'twelve chars', 'twelve chars'],
    ['without the last line break', 'twelve chars\n', 'twelve chars'],
    ['without the last line break of Windows', 'twelve chars\r\n', 'twelve chars'],
    ['with all other space', ' twelve char \n\n', ' twelve char \n'],
  ])('reads it %s', (_name, text, passphrase) => {
    expect(from(text)).toBe(passphrase)
  })

  it('may be read by a group', () => {
    expect(from('twelve chars', 0o640)).toBe('twelve chars')
  })

  it.each<[string, () => unknown, string]>([
    ['no setting', () => readPassphrase(readSettings({})), 'KEYS_PASSPHRASE_FILE must name'],
    [
      'no file',
      () => readPassphrase(readSettings({ KEYS_PASSPHRASE_FILE: path.join(folder, 'none') })),
      'cannot be read',
    ],
    ['a file that everyone may read', () => from('twelve chars', 0o644), 'run chmod 600 on it'],
    ['a file that everyone may write', () => from('twelve chars', 0o602), 'run chmod 600 on it'],
    ['an empty file', () => from(''), 'at least 12 characters'],
    ['a short one', () => from('eleven char\n'), 'at least 12 characters'],
    ['random bytes', () => from(Buffer.alloc(32, 0xff)), 'must be text'],
    [
      'a folder',
      () => {
        const file = path.join(folder, 'folder')
        mkdirSync(file, { mode: 0o700 })
        return readPassphrase(readSettings({ KEYS_PASSPHRASE_FILE: file }))
      },
      'cannot be read',
    ],
  ])('refuses %s', (_name, work, sentence) => {
    expect(sentenceOf(work)).toContain(sentence)
  })

  it('is not repeated in a refusal', () => {
    expect(sentenceOf(() => from('hunter2'))).not.toContain('hunter2')
  })
})
