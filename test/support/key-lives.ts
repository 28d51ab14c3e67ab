/** An issuer whose keys have been through everything: for pages that must show all of it. */
import { writeKeyFile } from '../../src/adapters/proofs/key-file.js'
import { generateKey } from '../../src/adapters/proofs/key-folder.js'
import { addIssuer } from '../../src/application/add-issuer.js'
import { changeKeyState, recordKey } from '../../src/application/manage-keys.js'
import type { Issuer } from '../../src/domain/issuer.js'
import type { KeyAlgorithm, KeyChange } from '../../src/domain/signing-key.js'
import type { Service } from '../../src/main/compose.js'
import { PASSPHRASE } from './service.js'

/** Each key and what became of it, oldest first; the first of a kind is active at once. */
const LIVES: readonly (readonly [KeyAlgorithm, string, ...KeyChange['kind'][]])[] = [
  ['Ed25519', '2023-01-09T09:00:00Z'],
  ['Ed25519', '2024-02-01T09:00:00Z', 'activate'],
  ['Ed25519', '2025-03-03T09:00:00Z', 'activate'],
  ['Ed25519', '2026-01-05T09:00:00Z'],
  ['ES256', '2024-02-01T09:00:00Z', 'compromise'],
  ['ES256', '2025-03-03T09:00:00Z'],
  ['RS256', '2025-03-03T09:00:00Z', 'retire'],
]

/** Of Ed25519 keys: one retired, one compromised, one active, one pending; of the others all but pending. */
export async function addIssuerWithPast({ issuing, settings }: Service, issuer: Issuer) {
  await addIssuer(issuing, issuer, 'test')
  const made: string[] = []
  for (const [algorithm, created, ...changes] of LIVES) {
    const key = generateKey(algorithm, 2048)
    const at = { ...issuing, clock: { now: () => Date.parse(created) } }
    const { file: _file, ...publicPart } = await writeKeyFile(
      settings.keysDir,
      issuer.slug,
      key,
      PASSPHRASE,
      created,
    )
    const { keyId } = await recordKey(at, publicPart, 'test')
    made.push(keyId)
    for (const kind of changes)
      await changeKeyState(at, keyId, { kind, since: created } as KeyChange, 'test')
  }
  const lost = { kind: 'compromise', since: '2025-02-14T00:00:00Z' } as const
  await changeKeyState(issuing, made[1] ?? '', lost, 'test')
}
