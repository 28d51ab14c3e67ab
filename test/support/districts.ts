/** The five pilot districts as issuers of a test service, each with a fixed key, and their endorsements. */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { writeKeyFile } from '../../src/adapters/proofs/key-file.js'
import { addEndorsement } from '../../src/application/add-endorsement.js'
import { addIssuer } from '../../src/application/add-issuer.js'
import type { EndorsedSubject } from '../../src/application/endorsed-thing.js'
import { recordKey } from '../../src/application/manage-keys.js'
import type { EndorsementRecord } from '../../src/application/ports/stores.js'
import type { Issuer } from '../../src/domain/issuer.js'
import type { NewKey } from '../../src/domain/signing-key.js'
import type { Service } from '../../src/main/compose.js'
import { readText } from './repository-files.js'
import { keyFromSeed, PASSPHRASE } from './service.js'

type Sample = { readonly issuer: Issuer; readonly comment: string }

export const SAMPLE_ENDORSEMENTS = (
  JSON.parse(readText('scripts/demo/endorsements.json')) as {
    readonly endorsements: readonly Sample[]
  }
).endorsements

export const ACHIEVEMENT: EndorsedSubject = {
  kind: 'achievement',
  slug: 'empowering-students-as-creators',
}

type Sealed = { readonly key: NewKey; readonly name: string; readonly bytes: Buffer }

/** Sealing a key is slow on purpose, so each is sealed once. */
const sealed = new Map<string, Promise<Sealed>>()

async function seal(slug: string): Promise<Sealed> {
  const folder = mkdtempSync(path.join(tmpdir(), 'imprimatur-sealed-'))
  try {
    const seed = createHash('sha256').update(`test key of ${slug}, not a secret`).digest()
    const made = '2026-01-01T00:00:00Z'
    const { file, ...key } = await writeKeyFile(folder, slug, keyFromSeed(seed), PASSPHRASE, made)
    return { key, name: path.basename(file), bytes: readFileSync(file) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** An issuer with one active Ed25519 key. */
export async function addTestIssuer(service: Service, issuer: Issuer): Promise<void> {
  const sealing = sealed.get(issuer.slug) ?? seal(issuer.slug)
  sealed.set(issuer.slug, sealing)
  const { key, name, bytes } = await sealing
  await addIssuer(service.issuing, issuer, 'test')
  mkdirSync(service.settings.keysDir, { recursive: true, mode: 0o700 })
  writeFileSync(path.join(service.settings.keysDir, name), bytes, { mode: 0o600 })
  await recordKey(service.issuing, key, 'test')
}

/** Adds the districts, each of which endorses the sample achievement or what is asked for. */
export async function endorseByAll(
  service: Service,
  subject: EndorsedSubject = ACHIEVEMENT,
): Promise<readonly EndorsementRecord[]> {
  const added: EndorsementRecord[] = []
  for (const { issuer, comment } of SAMPLE_ENDORSEMENTS) {
    await addTestIssuer(service, issuer)
    const request = { issuer: issuer.slug, subject, comment }
    const { endorsement } = await addEndorsement(service.issuing, { name: 'test' }, request)
    added.push(endorsement)
  }
  return added
}
