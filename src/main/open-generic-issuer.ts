/** The key of the VC API's generic profile: in a folder of its own, so that no issuer here ever takes it up. */
import path from 'node:path'
import { createGenericLoader, genericContexts } from '../adapters/documents/generic-loader.js'
import type { PinnedContexts } from '../adapters/documents/pinned-contexts.js'
import { openKeyRing } from '../adapters/proofs/file-key-ring.js'
import { writeKeyFile } from '../adapters/proofs/key-file.js'
import { generateKey, listKeyFiles } from '../adapters/proofs/key-folder.js'
import { createReferenceCanonicalizer } from '../adapters/proofs/reference-canonicalizer.js'
import { createVcProofSuite } from '../adapters/proofs/vc-proof-suite.js'
import type { Clock } from '../application/ports/environment.js'
import type { GenericIssuer } from '../application/vc-api/issue-generic.js'
import { readPassphrase, type Settings } from '../config/settings.js'
import { toTimestamp } from '../domain/timestamps.js'

/** Also the name of its issuer in the file. */
const FOLDER = 'vc-api'

/**
 * Opens the key, and makes it at the first start.
 * @throws IssuerError KEY_UNAVAILABLE
 */
export async function openGenericIssuer(
  settings: Settings,
  contexts: PinnedContexts,
  clock: Clock,
): Promise<GenericIssuer> {
  const folder = path.join(settings.keysDir, FOLDER)
  const passphrase = readPassphrase(settings)
  const keyId = findKey(folder) ?? (await makeKey(folder, passphrase, clock))
  const { keyRing, signerFor } = openKeyRing(folder, passphrase)
  await keyRing.probe(keyId)
  const documentLoader = createGenericLoader(contexts)
  return {
    did: `did:key:${keyId}`,
    keyId,
    contexts: genericContexts(contexts),
    canonicalizer: createReferenceCanonicalizer(documentLoader),
    proofSuite: createVcProofSuite({ documentLoader, signerFor }),
  }
}

/** The oldest key stays the issuer: another key is another DID. */
function findKey(folder: string): string | undefined {
  const { files, faults } = listKeyFiles(folder)
  if (faults[0] !== undefined) throw faults[0]
  const keys = files.filter(({ algorithm }) => algorithm === 'Ed25519')
  return keys.toSorted((a, b) => (a.created < b.created ? -1 : 1))[0]?.keyId
}

async function makeKey(folder: string, passphrase: string, clock: Clock): Promise<string> {
  const created = toTimestamp(clock.now())
  const { keyId } = await writeKeyFile(
    folder,
    FOLDER,
    generateKey('Ed25519', 0),
    passphrase,
    created,
  )
  return keyId
}
