/** A whole service in a temporary folder, with a fixed key and, if wanted, a frozen clock. */
import { createECDH, createPrivateKey, type KeyObject } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Express } from 'express'
import { readAchievementFile } from '../../src/adapters/files/achievement-files.js'
import { createApp } from '../../src/adapters/http/app.js'
import { createArtReader } from '../../src/adapters/images/read-art.js'
import { writeKeyFile } from '../../src/adapters/proofs/key-file.js'
import { createLogger } from '../../src/adapters/telemetry/logger.js'
import { importAchievement } from '../../src/application/import-achievement.js'
import { createOwnDocuments } from '../../src/application/own-documents.js'
import { createOwnRecords } from '../../src/application/own-records.js'
import type { Clock, IdSource } from '../../src/application/ports/environment.js'
import type { OwnRecords } from '../../src/application/ports/verifier.js'
import { createDidResolver } from '../../src/application/resolve-did.js'
import { findSigningIssuer } from '../../src/application/signing-issuer.js'
import { createToken, SCOPES, type Scope } from '../../src/application/tokens.js'
import { readSettings, type Settings } from '../../src/config/settings.js'
import { DEFAULT_ISSUER } from '../../src/domain/issuer.js'
import type { SigningKey } from '../../src/domain/signing-key.js'
import { compose, type Service } from '../../src/main/compose.js'
import { openVerifier, type Verifier } from '../../src/main/open-verifier.js'
import { appParts } from '../../src/main/server.js'

export const NOW = Date.parse('2026-03-20T12:00:00Z')
export const frozenClock: Clock = { now: () => NOW }

const SEED = Buffer.from('imprimatur test key, not a secret').subarray(0, 32)
export const PASSPHRASE = 'a passphrase for tests'
const ROOT = fileURLToPath(new URL('../..', import.meta.url))
export const WORKER_URL = new URL('../../dist/bundle/verification-worker.js', import.meta.url)
export const SAMPLE_ACHIEVEMENT = path.join(
  ROOT,
  'scripts/demo/empowering-students-as-creators.yaml',
)

/** Draws in real processes, as the command line does. */
export const readArt = createArtReader(new URL('../../dist/bundle/art-drawer.js', import.meta.url))

/** Drawing takes a process, so the sample is read once. */
let sample: ReturnType<typeof readAchievementFile> | undefined

/** An Ed25519 private key from 32 bytes (RFC 8410 PKCS#8 framing). */
export function keyFromSeed(seed: Uint8Array) {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
}

export type TestServiceOptions = {
  readonly env?: Readonly<Record<string, string>>
  readonly clock?: Clock
  readonly ids?: IdSource
  readonly seed?: Uint8Array
  /** False leaves the catalogue empty. */
  readonly withAchievement?: boolean
}

export type TestService = {
  readonly service: Service
  readonly settings: Settings
  readonly folder: string
  close(): Promise<void>
}

/** A composed service without a server. Close it, or its folder stays. */
export async function openTestService(options: TestServiceOptions = {}): Promise<TestService> {
  const folder = mkdtempSync(path.join(tmpdir(), 'imprimatur-test-'))
  const passphraseFile = path.join(folder, 'passphrase')
  writeFileSync(passphraseFile, `${PASSPHRASE}\n`, { mode: 0o600 })
  const settings = readSettings({
    DATA_DIR: path.join(folder, 'data'),
    KEYS_DIR: path.join(folder, 'keys'),
    KEYS_PASSPHRASE_FILE: passphraseFile,
    BASE_URL: 'https://badges.example.org',
    VERIFY_WORKERS: '1',
    LOG_LEVEL: 'silent',
    VERIFY_PER_MINUTE: '1000000',
    RECIPIENT_TRIES_PER_BADGE: '1000000',
    RECIPIENT_TRIES_PER_CLIENT: '1000000',
    ...options.env,
  })
  await placeKeyFiles(settings.keysDir, options.seed ?? SEED)
  const service = await compose(settings, {
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(options.ids === undefined ? {} : { ids: options.ids }),
  })
  if (options.withAchievement ?? true) {
    sample ??= readAchievementFile(SAMPLE_ACHIEVEMENT, service.achievementParser, readArt)
    const { file, art } = await sample
    await importAchievement(service.issuing, file, art, 'test')
  }
  const close = async () => {
    await service.issuing.database.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { service, settings, folder, close }
}

/** A P-256 private key from 32 bytes. */
export function p256FromSeed(seed: Uint8Array): KeyObject {
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(seed)
  const point = pair.getPublicKey()
  const x = point.subarray(1, 33).toString('base64url')
  const y = point.subarray(33).toString('base64url')
  const d = Buffer.from(seed).toString('base64url')
  return createPrivateKey({ key: { kty: 'EC', crv: 'P-256', x, y, d }, format: 'jwk' })
}

type SealedFile = { readonly name: string; readonly bytes: Buffer }

/** Sealing a key is slow on purpose, so each is sealed once. */
const sealed = new Map<string, Promise<readonly SealedFile[]>>()

/** The default issuer's Ed25519 key and the P-256 key from the same seed. */
async function placeKeyFiles(keysDir: string, seed: Uint8Array): Promise<void> {
  const name = Buffer.from(seed).toString('hex')
  const files = sealed.get(name) ?? sealBoth(seed)
  sealed.set(name, files)
  mkdirSync(keysDir, { mode: 0o700 })
  for (const file of await files)
    writeFileSync(path.join(keysDir, file.name), file.bytes, { mode: 0o600 })
}

async function sealBoth(seed: Uint8Array): Promise<readonly SealedFile[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'imprimatur-sealed-'))
  try {
    const files: SealedFile[] = []
    for (const key of [keyFromSeed(seed), p256FromSeed(seed)]) {
      const made = '2026-01-01T00:00:00Z'
      const { file } = await writeKeyFile(folder, DEFAULT_ISSUER, key, PASSPHRASE, made)
      files.push({ name: path.basename(file), bytes: readFileSync(file) })
    }
    return files
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The key that signs for the default issuer. */
export async function activeKey(service: Service): Promise<SigningKey> {
  const { stores } = service.issuing.database
  return (await findSigningIssuer(service.issuing, stores, DEFAULT_ISSUER)).key
}

export type TestApp = TestService & {
  readonly app: Express
  readonly verifier: Verifier
  token(...scopes: readonly Scope[]): Promise<string>
}

/** The same with the HTTP application and real verification workers. */
export async function openTestApp(options: TestServiceOptions = {}): Promise<TestApp> {
  const opened = await openTestService(options)
  const { verifier, leave } = await shareVerifier(opened.service)
  const app = createApp(appParts(opened.service, verifier, createLogger('silent')))
  return {
    ...opened,
    app,
    verifier,
    close: async () => {
      leave()
      await opened.close()
    },
    token: (...scopes) =>
      createToken(opened.service.issuing, 'test', scopes.length === 0 ? SCOPES : scopes),
  }
}

/** Services that share workers, the last opened first: they answer what the workers ask. */
type Sharing = { readonly verifier: Verifier; readonly records: OwnRecords[] }

/** Workers take longer to load than most tests to run, so services with the same keys share theirs. */
const shared = new Map<string, Sharing>()

async function shareVerifier(service: Service): Promise<{ verifier: Verifier; leave(): void }> {
  const keys = JSON.stringify(await service.issuing.database.stores.keys.list())
  const sharing = shared.get(keys) ?? startSharing(service)
  shared.set(keys, sharing)
  const own = createOwnRecords(service.issuing)
  sharing.records.unshift(own)
  const leave = () => {
    sharing.records.splice(sharing.records.indexOf(own), 1)
  }
  const resolveDid = createDidResolver(
    service.issuing,
    createOwnDocuments(service.issuing, undefined),
  )
  return { verifier: { ...sharing.verifier, resolveDid }, leave }
}

function startSharing(service: Service): Sharing {
  const records: OwnRecords[] = []
  const askAll = async <T>(
    ask: (one: OwnRecords) => Promise<T>,
    isKnown: (found: T) => boolean,
  ): Promise<T> => {
    const answers = await Promise.all(records.map(ask))
    return answers.find(isKnown) ?? (answers[0] as T)
  }
  const all: OwnRecords = {
    findController: (id) => askAll((one) => one.findController(id), Boolean),
    findStatus: (url, index) =>
      askAll(
        (one) => one.findStatus(url, index),
        ({ kind }) => kind === 'found' || kind === 'out-of-range',
      ),
    findIssued: (id) => askAll((one) => one.findIssued(id), Boolean),
    recallKeys: (issuer, keys) =>
      askAll(
        (one) => one.recallKeys(issuer, keys),
        ({ kind }) => kind === 'changed',
      ),
  }
  return { verifier: openVerifier(service, { workerUrl: WORKER_URL, records: all }), records }
}
