/** The only reader of the environment: one table in, one frozen object out, or one sentence. */
import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { IssuerError } from '../domain/issuer-error.js'
import { SETTINGS, type SettingName, type SettingSpec } from './settings-table.js'

export type Settings = {
  readonly port: number
  readonly host: string
  /** Origin without trailing slash. */
  readonly baseUrl: string
  readonly dataDir: string
  /** `file:…` or `postgres://…`. */
  readonly databaseUrl: string
  readonly keysDir: string
  readonly keysPassphraseFile: string | undefined
  readonly issuerName: string
  readonly issuerUrl: string | undefined
  readonly issuerDescription: string | undefined
  readonly issuerEmail: string | undefined
  readonly nameInBadge: boolean
  readonly legacyProof: boolean
  readonly jwtAlgorithm: 'ES256' | 'RS256' | undefined
  readonly verifyWorkers: number
  readonly verifyPerMinute: number
  readonly recipientTriesPerBadge: number
  readonly recipientTriesPerClient: number
  readonly trustedProxies: number
  /** Files, in the order in which they are asked. */
  readonly trustLists: readonly string[]
  /** Beside 443. */
  readonly outboundPorts: readonly number[]
  readonly outboundDevelopment: boolean
  /** Whether the VC API signs and verifies what is no badge. */
  readonly vcApiGeneric: boolean
  /** With its password: never logged. Absent when no mail is sent. */
  readonly smtpUrl: string | undefined
  /** There when `smtpUrl` is. */
  readonly mailFrom: string | undefined
  readonly mailLanguage: 'en' | 'es'
  readonly logLevel: string
}

/** An address, or a name and an address. */
const SENDER = /^(?:[^\s<>@]+@[^\s<>@]+|[^<>@\p{Cc}]+ <[^\s<>@]+@[^\s<>@]+>)$/u

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads and checks every setting.
 * @throws IssuerError SETTING_INVALID with one sentence that names the setting
 */
export function readSettings(environment: Environment = process.env): Settings {
  if (environment['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
    throw invalid('NODE_TLS_REJECT_UNAUTHORIZED=0 switches certificate checks off; unset it')
  }
  const text = (name: SettingName) => readText(environment, name)
  const dataDir = path.resolve(text('DATA_DIR') ?? 'data')
  const baseUrl = readBaseUrl(text('BASE_URL') ?? '')
  return Object.freeze({
    port: Number(text('PORT')),
    host: text('HOST') ?? '',
    baseUrl,
    dataDir,
    databaseUrl: readDatabaseUrl(text('DATABASE_URL'), dataDir),
    keysDir: path.resolve(text('KEYS_DIR') ?? 'keys'),
    keysPassphraseFile: text('KEYS_PASSPHRASE_FILE'),
    issuerName: readProse('ISSUER_NAME', text('ISSUER_NAME') ?? ''),
    issuerUrl: readIssuerUrl('ISSUER_URL', text('ISSUER_URL')),
    issuerDescription: readProse('ISSUER_DESCRIPTION', text('ISSUER_DESCRIPTION')),
    issuerEmail: readEmail('ISSUER_EMAIL', text('ISSUER_EMAIL')),
    nameInBadge: text('NAME_IN_BADGE') === 'on',
    legacyProof: text('LEGACY_PROOF') === 'on',
    jwtAlgorithm: readJwtAlgorithm(text('JWT_ALGORITHM')),
    verifyWorkers: Number(text('VERIFY_WORKERS')),
    verifyPerMinute: Number(text('VERIFY_PER_MINUTE')),
    recipientTriesPerBadge: Number(text('RECIPIENT_TRIES_PER_BADGE')),
    recipientTriesPerClient: Number(text('RECIPIENT_TRIES_PER_CLIENT')),
    trustedProxies: Number(text('TRUSTED_PROXIES')),
    trustLists: readPaths(text('TRUST_LISTS')),
    outboundPorts: readPorts('OUTBOUND_PORTS', text('OUTBOUND_PORTS')),
    outboundDevelopment: readDevelopment(text('OUTBOUND_DEVELOPMENT'), baseUrl),
    vcApiGeneric: text('VC_API_GENERIC') === 'true',
    ...readMail(text('SMTP_URL'), text('MAIL_FROM')),
    mailLanguage: text('MAIL_LANGUAGE') === 'es' ? 'es' : 'en',
    logLevel: text('LOG_LEVEL') ?? 'info',
  })
}

function readText(environment: Environment, name: SettingName): string | undefined {
  const spec: SettingSpec = SETTINGS[name]
  const given = environment[name]?.trim()
  const value = given === undefined || given === '' ? spec.fallback : given
  if (value === undefined) return undefined
  if (spec.kind === 'integer') assertInteger(name, value, spec)
  if (spec.kind === 'switch' && value !== 'on' && value !== 'off') {
    throw invalid(`${name} must be on or off, not “${value}”`)
  }
  if (spec.kind === 'choice' && !(spec.choices ?? []).includes(value)) {
    throw invalid(`${name} must be one of ${(spec.choices ?? []).join(', ')}, not “${value}”`)
  }
  return value
}

function assertInteger(
  name: string,
  value: string,
  { min = 0, max = Number.MAX_SAFE_INTEGER }: SettingSpec,
) {
  const number = Number(value)
  if (!/^\d+$/.test(value) || number < min || number > max) {
    throw invalid(`${name} must be a whole number from ${min} to ${max}, not “${value}”`)
  }
}

function readPaths(value = ''): readonly string[] {
  const names = value.split(',').map((name) => name.trim())
  return names.filter((name) => name !== '').map((name) => path.resolve(name))
}

function readJwtAlgorithm(value: string | undefined): 'ES256' | 'RS256' | undefined {
  return value === 'ES256' || value === 'RS256' ? value : undefined
}

/** Part of every badge for ever, so it must be exact: an origin and nothing else. */
function readBaseUrl(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined
  const isPlain =
    url !== undefined &&
    (url.protocol === 'https:' || url.protocol === 'http:') &&
    url.pathname === '/' &&
    !/[@?#\\]/.test(value)
  if (!isPlain) {
    const shown = value.includes('@') ? 'one with a user name' : `“${value}”`
    throw invalid(`BASE_URL must be an origin like https://badges.example.org, not ${shown}`)
  }
  if (url.protocol === 'https:' && url.hostname.startsWith('[')) {
    throw invalid('BASE_URL must have a host name on https, as did:web knows no IPv6 addresses')
  }
  if (value.endsWith('/')) throw invalid(`BASE_URL must not end with a slash: “${value}”`)
  return url.origin
}

function readPorts(name: string, value: string | undefined): readonly number[] {
  const ports = value?.split(',').map((part) => part.trim()) ?? []
  if (ports.every((port) => /^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65535))
    return ports.map(Number)
  throw invalid(`${name} must be ports like 8443 with commas between, not “${value}”`)
}

/** A service that others reach must not reach into the machine that it runs on. */
function readDevelopment(value: string | undefined, baseUrl: string): boolean {
  if (value === 'on' && baseUrl.startsWith('https:'))
    throw invalid('OUTBOUND_DEVELOPMENT must be off when BASE_URL is https')
  return value === 'on'
}

function readIssuerUrl(name: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  if (!URL.canParse(value) || !/^https:\/\/[^\s<>"{}|\\^`]+$/.test(value)) {
    throw invalid(`${name} must be an https URL, not “${value}”`)
  }
  return value
}

/** Stands in every badge: what every reader shows alike, and not a book. */
function readProse<T extends string | undefined>(name: string, value: T): T {
  if (
    value === undefined ||
    (value.length <= 500 &&
      value.trim() !== '' &&
      !/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\ufffd]/u.test(value))
  ) {
    return value
  }
  throw invalid(`${name} must be one line of 1 to 500 characters without control characters`)
}

/**
 * Checks the options that name an issuer, by the rules of the ISSUER_… settings.
 * @throws IssuerError SETTING_INVALID with one sentence
 */
export function readIssuerProfile(given: IssuerProfileText): IssuerProfileText {
  const name = readProse('--name', given.name)
  const url = readIssuerUrl('--url', given.url)
  const description = readProse('--description', given.description)
  const email = readEmail('--email', given.email)
  return {
    name,
    ...(url === undefined ? {} : { url }),
    ...(description === undefined ? {} : { description }),
    ...(email === undefined ? {} : { email }),
  }
}

type IssuerProfileText = {
  readonly name: string
  readonly url?: string
  readonly description?: string
  readonly email?: string
}

function readEmail(name: string, value: string | undefined): string | undefined {
  if (value === undefined || /^[^\s@]+@[^\s@]+$/.test(value)) return value
  throw invalid(`${name} must be an e-mail address, not “${value}”`)
}

/** What is wrong with the URL is said without it: it may hold a password. */
function readMail(
  smtpUrl: string | undefined,
  mailFrom: string | undefined,
): Pick<Settings, 'smtpUrl' | 'mailFrom'> {
  if (smtpUrl !== undefined && !(URL.canParse(smtpUrl) && /^smtps?:\/\/[^/?#]+$/.test(smtpUrl)))
    throw invalid('SMTP_URL must be like smtp://user:password@mail.example.org:587')
  if (mailFrom !== undefined && !SENDER.test(mailFrom))
    throw invalid('MAIL_FROM must be an address, or like Badges <badges@example.org>')
  if (smtpUrl !== undefined && mailFrom === undefined)
    throw invalid('MAIL_FROM must name the sender of mails when SMTP_URL is set')
  return { smtpUrl, mailFrom }
}

function readDatabaseUrl(value: string | undefined, dataDir: string): string {
  if (value === undefined) return `file:${path.join(dataDir, 'imprimatur.db')}`
  if (/^postgres(ql)?:\/\//.test(value)) return value
  throw invalid(
    'DATABASE_URL must start with postgres://; leave it unset for the embedded database',
  )
}

/**
 * Reads the passphrase. The file may end with one line break.
 * @throws IssuerError SETTING_INVALID when it is missing, open to others, or too short
 */
export function readPassphrase(settings: Settings): string {
  const file = settings.keysPassphraseFile
  if (file === undefined) {
    throw invalid('KEYS_PASSPHRASE_FILE must name a file that holds the passphrase of the keys')
  }
  return readPassphraseFile(file)
}

/**
 * The same for a file that is not in the settings.
 * @throws IssuerError SETTING_INVALID when it is missing, open to others, or too short
 */
export function readPassphraseFile(file: string): string {
  try {
    if ((statSync(file).mode & 0o007) !== 0)
      throw invalid(`${file} can be read by everyone; run chmod 600 on it`)
    const passphrase = decodeUtf8(readFileSync(file), file).replace(/\r?\n$/, '')
    if (passphrase.length >= 12) return passphrase
  } catch (error) {
    if (error instanceof IssuerError) throw error
    throw invalid(`the passphrase file ${file} cannot be read`)
  }
  throw invalid(`the passphrase in ${file} must have at least 12 characters`)
}

/** Random bytes are no text: many of them would be read as the same sign. */
function decodeUtf8(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw invalid(`the passphrase in ${file} must be text; make one with: openssl rand -base64 24`)
  }
}

function invalid(sentence: string): IssuerError {
  return new IssuerError('SETTING_INVALID', `${sentence}.`)
}
