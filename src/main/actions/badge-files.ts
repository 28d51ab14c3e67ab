/** One badge in every form that it has, as files. */
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createArtPictures } from '../../adapters/images/art-renderer.js'
import { bakeArt } from '../../adapters/images/bake-art.js'
import { gzipBitstringEncoder } from '../../adapters/system/bitstring-encoder.js'
import type { BadgeRecord } from '../../application/ports/stores.js'
import { createStatusListPublisher } from '../../application/publish-status-list.js'
import { readIssuer } from '../../application/read-issuer.js'
import { issuerOf } from '../../domain/achievement.js'
import type { Service } from '../compose.js'
import { say } from '../terminal.js'

export type FileWriter = (name: string, content: string | Uint8Array) => void

/** Writes into `folder`, which is made if need be, and says so for each file. */
export function openFolder(folder: string): FileWriter {
  mkdirSync(folder, { recursive: true })
  return (name, content) => {
    writeFileSync(path.join(folder, name), content)
    say(`Wrote        ${path.join(folder, name)}`)
  }
}

/**
 * The signed document, its token if it has one, both baked pictures, and what verifiers fetch about it:
 * the issuer's DID document and the status list.
 */
export async function writeBadgeFiles(
  service: Service,
  badge: BadgeRecord,
  write: FileWriter,
): Promise<void> {
  const { issuing } = service
  const { stores } = issuing.database
  const { achievementSlug: slug, achievementVersion: version, securedJson, token } = badge
  const achievement = await stores.catalogue.findVersion(slug, version)
  const entry = await stores.statusLists.findEntry(badge.code)
  if (achievement === undefined || entry === undefined)
    throw new Error(`${badge.code} is not whole`)
  const pictures = createArtPictures()
  write('credential.json', securedJson)
  if (token !== undefined) write('credential.jwt', token)
  write('badge.png', await bakeArt(pictures, achievement, securedJson, 'image/png'))
  write('badge.svg', await bakeArt(pictures, achievement, securedJson, 'image/svg+xml'))
  write('did.json', pretty((await readIssuer(issuing, issuerOf(achievement))).didDocument))
  const statusLists = createStatusListPublisher(issuing, gzipBitstringEncoder)
  write('status-list.json', await statusLists.publish(entry.listId))
}

export function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
