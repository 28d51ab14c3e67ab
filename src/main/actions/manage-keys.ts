/** Makes, changes and shows keys; the files hold the private halves, the database the rest. */
import { openKeyRing } from '../../adapters/proofs/file-key-ring.js'
import { openKeyFile, resealKeyFile, writeKeyFile } from '../../adapters/proofs/key-file.js'
import { generateKey, listKeyFiles } from '../../adapters/proofs/key-folder.js'
import { systemClock } from '../../adapters/system/environment.js'
import { adoptKeys } from '../../application/adopt-keys.js'
import { bindDatabase } from '../../application/bind-database.js'
import { changeKeyState, type KeyParts, recordKey } from '../../application/manage-keys.js'
import { readIssuer } from '../../application/read-issuer.js'
import { getIssuer } from '../../application/signing-issuer.js'
import {
  readPassphrase,
  readPassphraseFile,
  readSettings,
  type Settings,
} from '../../config/settings.js'
import { IssuerError } from '../../domain/issuer-error.js'
import type { KeyAlgorithm, KeyChange, SigningKey } from '../../domain/signing-key.js'
import { toJwks } from '../../domain/signing-key.js'
import { toTimestamp } from '../../domain/timestamps.js'
import { toDefaultIssuer } from '../default-issuer.js'
import { withStore } from '../open-store.js'
import { reportFailure, say } from '../terminal.js'

export type CreateOptions = {
  readonly issuer: string
  readonly algorithm?: KeyAlgorithm
  readonly bits: number
}

/** Makes the key that is asked for, or the ones that the issuer lacks. */
export async function createKeys(options: CreateOptions): Promise<void> {
  const settings = readSettings()
  const passphrase = readPassphrase(settings)
  await withKeys(settings, async (parts) => {
    const defaultIssuer = toDefaultIssuer(settings)
    await getIssuer({ defaultIssuer }, parts.database.stores, options.issuer)
    await adoptKeys(parts, openKeyRing(settings.keysDir, passphrase).keyRing)
    await assertSamePassphrase(parts, settings, passphrase)
    for (const algorithm of await algorithmsFor(parts, options)) {
      const key = await createKey(parts, settings, passphrase, algorithm, options)
      say(`Made    ${key.file}`)
      say(`Issuer  ${key.record.controller}`)
      say(`Key     ${key.record.methodId}  (${algorithm}, ${key.record.state})`)
    }
    say('Keep a copy of these files and of the passphrase, in two different places.')
  })
}

/** A new key under another passphrase than the one that signs now could not be opened beside it. */
async function assertSamePassphrase(
  { database }: KeyParts,
  { keysDir }: Settings,
  passphrase: string,
): Promise<void> {
  const { files, faults } = listKeyFiles(keysDir)
  if (faults[0] !== undefined) throw faults[0]
  const recorded = await database.stores.keys.list()
  const active = new Set(recorded.filter((key) => key.state === 'active').map((key) => key.keyId))
  const one = files.find(({ keyId }) => active.has(keyId))
  if (one !== undefined) await openKeyFile(one.file, passphrase)
}

async function algorithmsFor(
  { database }: KeyParts,
  { algorithm, issuer }: CreateOptions,
): Promise<readonly KeyAlgorithm[]> {
  if (algorithm !== undefined) return [algorithm]
  const recorded = (await database.stores.keys.list(issuer)).map((key) => key.algorithm)
  const missing = (['Ed25519', 'ES256'] as const).filter((one) => !recorded.includes(one))
  if (missing.length > 0) return missing
  throw new IssuerError(
    'KEY_EXISTS',
    `The issuer “${issuer}” has its keys already; to make a successor, say of which kind: --algorithm Ed25519`,
  )
}

async function createKey(
  parts: KeyParts,
  settings: Settings,
  passphrase: string,
  algorithm: KeyAlgorithm,
  { issuer, bits }: CreateOptions,
): Promise<{ readonly file: string; readonly record: SigningKey }> {
  const created = toTimestamp(parts.clock.now())
  const privateKey = generateKey(algorithm, bits)
  const { file, ...key } = await writeKeyFile(
    settings.keysDir,
    issuer,
    privateKey,
    passphrase,
    created,
  )
  return { file, record: await recordKey(parts, key, 'cli') }
}

export async function showKeys(): Promise<void> {
  const settings = readSettings()
  await withKeys(settings, async ({ database }) => {
    const { files, faults } = listKeyFiles(settings.keysDir)
    const here = new Set(files.map((file) => file.keyId))
    const recorded = await database.stores.keys.list()
    for (const key of recorded) say(describe(key, here.has(key.keyId)))
    const known = new Set(recorded.map((key) => key.keyId))
    for (const { keyId, file } of files)
      if (!known.has(keyId)) say(`${keyId}  not recorded in this database (${file})`)
    for (const fault of faults) process.exitCode = reportFailure(fault)
    if (recorded.length + files.length === 0)
      say('There are no keys; make one with: imprimatur keys create')
  })
}

function describe(key: SigningKey, isHere: boolean): string {
  const { keyId, issuer, algorithm, state, created, activated, retired, compromisedSince } = key
  const times = [
    `made ${created}`,
    ...(activated === undefined ? [] : [`active from ${activated}`]),
    ...(retired === undefined ? [] : [`retired ${retired}`]),
    ...(compromisedSince === undefined ? [] : [`compromised since ${compromisedSince}`]),
    ...(isHere ? [] : ['its file is not in KEYS_DIR']),
  ]
  return `${keyId}  ${issuer}  ${algorithm}  ${state}  (${times.join(', ')})`
}

export async function changeKey(prefix: string, change: KeyChange): Promise<void> {
  const settings = readSettings()
  await withKeys(settings, async (parts) => {
    if (change.kind === 'activate') await assertOpens(parts, settings, prefix)
    const key = await changeKeyState(parts, prefix, change, 'cli')
    say(`${key.keyId}  ${key.issuer}  ${key.algorithm}  is now ${key.state}`)
  })
}

/** A key that cannot be opened must not become the one that signs. */
async function assertOpens({ database }: KeyParts, settings: Settings, prefix: string) {
  const matching = (await database.stores.keys.list()).filter((key) => key.keyId.startsWith(prefix))
  const [key] = matching
  if (matching.length !== 1 || key === undefined) return
  await openKeyRing(settings.keysDir, readPassphrase(settings)).keyRing.assertUsable(key)
}

/**
 * Files that already open with the new passphrase are left as they are, so that a change that was
 * interrupted can be run again.
 */
export async function changePassphrase(newFile: string): Promise<void> {
  const settings = readSettings()
  const [old, next] = [readPassphrase(settings), readPassphraseFile(newFile)]
  const { files, faults } = listKeyFiles(settings.keysDir)
  if (faults[0] !== undefined) throw faults[0]
  const opened = await Promise.all(files.map(({ file }) => openWithEither(file, old, next)))
  for (const key of opened) {
    if (key.isDone) continue
    await resealKeyFile(key.opened, next)
  }
  say(`${files.length} key files now open with the passphrase in ${newFile}.`)
  say('Set KEYS_PASSPHRASE_FILE to it before the next start, and keep a new copy of both.')
}

async function openWithEither(file: string, old: string, next: string) {
  try {
    return { isDone: false, opened: await openKeyFile(file, old) }
  } catch (error) {
    if (!(error instanceof IssuerError)) throw error
    const done = await openKeyFile(file, next).catch(() => undefined)
    if (done === undefined) throw error
    return { isDone: true, opened: done }
  }
}

export async function exportKeys(issuer: string): Promise<void> {
  const settings = readSettings()
  await withKeys(settings, async ({ database }) => {
    const parts = { database, defaultIssuer: toDefaultIssuer(settings) }
    const { didDocument, keys } = await readIssuer(parts, issuer)
    say(JSON.stringify({ didDocument, jwks: toJwks(keys) }, null, 2))
  })
}

async function withKeys(
  settings: Settings,
  work: (parts: KeyParts) => Promise<void>,
): Promise<void> {
  await withStore(settings, async (database) => {
    await bindDatabase(database, settings.baseUrl)
    await work({ baseUrl: settings.baseUrl, database, clock: systemClock })
  })
}
