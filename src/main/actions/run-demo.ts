/** The main job end to end, with a throw-away issuer and sample reviews. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { contextsFolder } from '../../adapters/documents/contexts-folder.js'
import { readAchievementFile } from '../../adapters/files/achievement-files.js'
import { readReviewFile } from '../../adapters/files/review-files.js'
import { writeKeyFile } from '../../adapters/proofs/key-file.js'
import { generateKey } from '../../adapters/proofs/key-folder.js'
import { systemIds } from '../../adapters/system/environment.js'
import { createLogger } from '../../adapters/telemetry/logger.js'
import { acceptReview } from '../../application/accept-review.js'
import { OPERATOR } from '../../application/actor.js'
import { changeBadgeStatus } from '../../application/change-status.js'
import { importAchievement } from '../../application/import-achievement.js'
import type { BadgeRecord } from '../../application/ports/stores.js'
import type { ReadingParts } from '../../application/report-on.js'
import { readSettings, type Settings } from '../../config/settings.js'
import { toBadgeCode } from '../../domain/badge-code.js'
import { DEFAULT_ISSUER } from '../../domain/issuer.js'
import { toTimestamp } from '../../domain/timestamps.js'
import { readArt } from '../art-reader.js'
import { compose, type Service, toReadingParts } from '../compose.js'
import { openVerifier } from '../open-verifier.js'
import { say } from '../terminal.js'
import {
  checkBadge,
  type Samples,
  showLinks,
  showRevoked,
  writeArtefacts,
} from './demo-artefacts.js'
import { endorseSamples, makeDistrictKeys, readSampleEndorsements } from './demo-endorsements.js'
import { startOrExit } from './start-or-exit.js'

const SAMPLES = path.join(path.dirname(contextsFolder()), 'scripts', 'demo')
const ENDORSEMENTS = readSampleEndorsements(path.join(SAMPLES, 'endorsements.json'))

export type DemoOptions = { readonly once?: true; readonly out?: string }

/** With `once` it ends, with exit code 0 only if every badge verified; else it serves on. */
export async function runDemo(options: DemoOptions): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'imprimatur-demo-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const service = await compose(await makeThrowAwayIssuer(folder))
  const slug = await importSamples(service)
  await endorseSamples(service, ENDORSEMENTS, slug)
  const issued = await issueSamples(service)
  const samples = await revokeOne(service, issued)
  if (options.once === undefined) await serve(service, samples, options)
  else await checkOnce(service, samples, options)
}

async function makeThrowAwayIssuer(folder: string): Promise<Settings> {
  const passphraseFile = path.join(folder, 'passphrase')
  const passphrase = toBadgeCode(systemIds.randomBytes(16))
  writeFileSync(passphraseFile, passphrase, { mode: 0o600 })
  const { port } = readSettings()
  const settings = readSettings({
    PORT: String(port),
    BASE_URL: `http://localhost:${port}`,
    DATA_DIR: path.join(folder, 'data'),
    KEYS_DIR: path.join(folder, 'keys'),
    KEYS_PASSPHRASE_FILE: passphraseFile,
    ISSUER_NAME: 'Future Ready Librarians (demo)',
    ISSUER_DESCRIPTION:
      'A throw-away issuer for trying things out. People in its badges are invented.',
    LOG_LEVEL: 'error',
  })
  const created = toTimestamp(Date.now())
  for (const algorithm of ['Ed25519', 'ES256'] as const) {
    const key = generateKey(algorithm, 0)
    await writeKeyFile(settings.keysDir, DEFAULT_ISSUER, key, passphrase, created)
  }
  await makeDistrictKeys(ENDORSEMENTS, settings.keysDir, passphrase, created)
  return settings
}

/** @returns the slug of the sample achievement */
async function importSamples(service: Service): Promise<string> {
  const sample = path.join(SAMPLES, 'empowering-students-as-creators.yaml')
  const { file, art } = await readAchievementFile(sample, service.achievementParser, readArt)
  const { achievement } = await importAchievement(service.issuing, file, art, 'cli')
  say(`Achievement  ${achievement.name}, version ${achievement.version}`)
  return achievement.slug
}

async function issueSamples(service: Service): Promise<readonly BadgeRecord[]> {
  const badges: BadgeRecord[] = []
  for (const { value } of readReviewFile(path.join(SAMPLES, 'reviews.ndjson'))) {
    const accepted = await acceptReview(
      service.issuing,
      service.reviewParser.parse(value),
      OPERATOR,
    )
    const { source, id, decision, candidate } = accepted.review
    const outcome =
      accepted.badge === undefined ? 'recorded, no badge' : `badge ${accepted.badge.code}`
    say(
      `Review       ${source}/${id}  ${(candidate.district ?? '').padEnd(25)} ${decision.padEnd(15)} ${outcome}`,
    )
    if (accepted.badge !== undefined) badges.push(accepted.badge)
  }
  return badges
}

/** The submission that came in twice: its second badge is taken back, in public. */
async function revokeOne(service: Service, issued: readonly BadgeRecord[]): Promise<Samples> {
  const revoked = issued.at(-1)
  if (revoked === undefined) throw new Error('the samples issue no badge')
  const reason = {
    text: 'Sent in twice; the badge of the first submission stands.',
    isPublic: true,
  }
  const request = { code: revoked.code, change: 'revoke', reason } as const
  await changeBadgeStatus(service.issuing, OPERATOR, request)
  say(`Revoked      ${revoked.code}  ${reason.text}`)
  return { standing: issued.slice(0, -1), revoked }
}

async function checkOnce(service: Service, samples: Samples, options: DemoOptions): Promise<void> {
  const verifier = openVerifier(service)
  try {
    const isGood = await check(service, toReadingParts(service, verifier), samples, options)
    if (!isGood) process.exitCode = 1
  } finally {
    await verifier.close()
    await service.issuing.database.close()
  }
}

/** Looks at every badge and writes the files of the first; returns whether all are as they must be. */
async function check(
  service: Service,
  reading: ReadingParts,
  { standing, revoked }: Samples,
  { out }: DemoOptions,
): Promise<boolean> {
  let verified = 0
  for (const badge of standing) if (await checkBadge(service, reading, badge)) verified += 1
  const isRevoked = await showRevoked(reading, revoked)
  const [first] = standing
  if (out !== undefined && first !== undefined) await writeArtefacts(service, reading, first, out)
  say(`${verified} of ${standing.length} badges verified by both implementations, 1 revoked`)
  return isRevoked && verified === standing.length
}

async function serve(service: Service, samples: Samples, options: DemoOptions): Promise<void> {
  const running = await startOrExit(service, createLogger(service.settings.logLevel))
  await check(service, running.reading, samples, options)
  showLinks(service, samples)
  const stop = () => void running.stop().then(() => process.exit(0))
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}
