/** Every setting: name, meaning, default. The only list; docs/operations.md repeats it, and a test compares. */

export type SettingSpec = {
  readonly meaning: string
  /** Text as it would stand in the environment; absent means the setting is optional or required as `required` says. */
  readonly fallback?: string
  readonly required?: true
  readonly kind: 'text' | 'integer' | 'switch' | 'url' | 'path' | 'secret-path' | 'choice'
  readonly choices?: readonly string[]
  readonly min?: number
  readonly max?: number
}

export const SETTINGS = {
  PORT: { meaning: 'TCP port to listen on', fallback: '3000', kind: 'integer', min: 0, max: 65535 },
  HOST: { meaning: 'Address to listen on', fallback: '127.0.0.1', kind: 'text' },
  BASE_URL: {
    meaning: 'Public origin of the service, without a trailing slash; part of every badge for ever',
    fallback: 'http://localhost:3000',
    kind: 'url',
  },
  DATA_DIR: { meaning: 'Folder of the embedded database', fallback: 'data', kind: 'path' },
  DATABASE_URL: {
    meaning: 'postgres://… to use PostgreSQL instead of the embedded database',
    kind: 'text',
  },
  KEYS_DIR: { meaning: 'Folder of the key files', fallback: 'keys', kind: 'path' },
  KEYS_PASSPHRASE_FILE: {
    meaning: 'File that holds the passphrase of the key files',
    required: true,
    kind: 'secret-path',
  },
  ISSUER_NAME: {
    meaning: 'Name of the issuing programme, as it stands in badges',
    fallback: 'Future Ready Librarians',
    kind: 'text',
  },
  ISSUER_URL: { meaning: 'Web site of the programme, https', kind: 'url' },
  ISSUER_DESCRIPTION: { meaning: 'One sentence about the programme', kind: 'text' },
  ISSUER_EMAIL: { meaning: 'Address for questions about badges', kind: 'text' },
  NAME_IN_BADGE: {
    meaning: 'Whether the earner’s name stands in the signed badge',
    fallback: 'on',
    kind: 'switch',
  },
  LEGACY_PROOF: {
    meaning: 'Whether badges carry Ed25519Signature2020 beside eddsa-rdfc-2022, for older wallets',
    fallback: 'on',
    kind: 'switch',
  },
  JWT_ALGORITHM: {
    meaning: 'What badges are signed with as VC-JWT, when the issuer has such a key',
    fallback: 'ES256',
    kind: 'choice',
    choices: ['ES256', 'RS256', 'off'],
  },
  VERIFY_WORKERS: {
    meaning: 'Worker threads that check badges; the first of several takes pictures before others',
    fallback: '3',
    kind: 'integer',
    min: 1,
    max: 64,
  },
  VERIFY_PER_MINUTE: {
    meaning: 'How many checks one client may ask for in a minute',
    fallback: '120',
    kind: 'integer',
    min: 1,
    max: 1_000_000,
  },
  RECIPIENT_TRIES_PER_BADGE: {
    meaning: 'How often anybody may ask whose a badge is in ten minutes, for each badge',
    fallback: '10',
    kind: 'integer',
    min: 1,
    max: 1_000_000,
  },
  RECIPIENT_TRIES_PER_CLIENT: {
    meaning: 'The same for each client, over all badges',
    fallback: '60',
    kind: 'integer',
    min: 1,
    max: 1_000_000,
  },
  TRUSTED_PROXIES: {
    meaning: 'Number of own proxies in front; so many addresses of X-Forwarded-For are believed',
    fallback: '0',
    kind: 'integer',
    min: 0,
    max: 8,
  },
  TRUST_LISTS: {
    meaning: 'Files, separated by commas, that list issuers and say who vouches for them',
    kind: 'text',
  },
  OUTBOUND_PORTS: {
    meaning: 'Ports beside 443 at which documents of others are fetched, with commas between',
    kind: 'text',
  },
  OUTBOUND_DEVELOPMENT: {
    meaning: 'Whether documents are fetched from this machine too, also on http; never on https',
    fallback: 'off',
    kind: 'switch',
  },
  VC_API_GENERIC: {
    meaning: 'Whether the VC API also signs and verifies credentials that are no badges',
    fallback: 'false',
    kind: 'choice',
    choices: ['false', 'true'],
  },
  SMTP_URL: {
    meaning: 'smtp://user:password@host:587 or smtps://…; without it links are handed over by hand',
    kind: 'text',
  },
  MAIL_FROM: {
    meaning: 'Sender of our mails, an address or a name with one; needed with SMTP_URL',
    kind: 'text',
  },
  MAIL_LANGUAGE: {
    meaning: 'Language of our mails where nothing says another',
    fallback: 'en',
    kind: 'choice',
    choices: ['en', 'es'],
  },
  LOG_LEVEL: {
    meaning: 'How much is logged',
    fallback: 'info',
    kind: 'choice',
    choices: ['silent', 'error', 'warn', 'info', 'debug'],
  },
} as const satisfies Readonly<Record<string, SettingSpec>>

export type SettingName = keyof typeof SETTINGS
