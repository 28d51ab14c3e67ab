/** The pilot districts of the demo as issuers with throw-away keys, and what they say. */
import { readFileSync } from 'node:fs'
import { writeKeyFile } from '../../adapters/proofs/key-file.js'
import { generateKey } from '../../adapters/proofs/key-folder.js'
import { OPERATOR } from '../../application/actor.js'
import { addEndorsement } from '../../application/add-endorsement.js'
import { addIssuer } from '../../application/add-issuer.js'
import { readComment } from '../../domain/endorsement-credential.js'
import type { Issuer } from '../../domain/issuer.js'
import type { Service } from '../compose.js'
import { say } from '../terminal.js'

export type SampleEndorsement = { readonly issuer: Issuer; readonly comment: string }

/** @param file a sample of this repository, so its form is as it must be */
export function readSampleEndorsements(file: string): readonly SampleEndorsement[] {
  const { endorsements } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly endorsements: readonly SampleEndorsement[]
  }
  return endorsements
}

/** One Ed25519 key each; sealing is slow on purpose, so all are sealed at once. */
export async function makeDistrictKeys(
  samples: readonly SampleEndorsement[],
  keysDir: string,
  passphrase: string,
  created: string,
): Promise<void> {
  await Promise.all(
    samples.map(({ issuer }) =>
      writeKeyFile(keysDir, issuer.slug, generateKey('Ed25519', 0), passphrase, created),
    ),
  )
}

/** Each district endorses the sample achievement. */
export async function endorseSamples(
  service: Service,
  samples: readonly SampleEndorsement[],
  slug: string,
): Promise<void> {
  for (const { issuer, comment } of samples) {
    await addIssuer(service.issuing, issuer, OPERATOR.name)
    const read = readComment(comment)
    if ('fault' in read) throw new TypeError(read.fault)
    const { endorsement } = await addEndorsement(service.issuing, OPERATOR, {
      issuer: issuer.slug,
      subject: { kind: 'achievement', slug },
      comment: read.text,
    })
    say(`Endorsement  ${endorsement.code}  by ${issuer.name}`)
  }
}
