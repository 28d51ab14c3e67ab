/** The main job end to end, with a throw-away issuer and sample reviews. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { readAchievementFile } from '../../adapters/files/achievement-files.js'
import { readReviewFile } from '../../adapters/files/review-files.js'
import { writeKeyFile } from '../../adapters/proofs/key-file.js'
import { generateKey } from '../../adapters/proofs/key-folder.js'
import { systemIds } from '../../adapters/system/environment.js'
import { createLogger } from '../../adapters/telemetry/logger.js'
import { acceptReview } from '../../application/accept-review.js'
import { OPERATOR } from '../../application/actor.js'
import { importAchievement } from '../../application/import-achievement.js'
import type { BadgeRecord } from '../../application/ports/stores.js'
import { readSettings, type Settings } from '../../config/settings.js'
import { toBadgeCode } from '../../domain/badge-code.js'
import { DEFAULT_ISSUER } from '../../domain/issuer.js'
import { toTimestamp } from '../../domain/timestamps.js'
import { compose, openVerifier, type Service, toReadingParts } from '../compose.js'
import { say } from '../terminal.js'
import { checkBadge, showLinks, writeArtefacts } from './demo-artefacts.js'
import { endorseSamples, makeDistrictKeys, readSampleEndorsements } from './demo-endorsements.js'
import { startOrExit } from './start-or-exit.js'

const SAMPLES = fileURLToPath(new URL('../../../scripts/demo', import.meta.url))
const ENDORSEMENTS = readSampleEndorsements(path.join(SAMPLES, 'endorsements.json'))

export type DemoOptions = { readonly once?: true; readonly out?: string }

/** With `once` it ends, with exit code 0 only if every badge verified; else it serves on. */
export async function runDemo(options: DemoOptions): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'imprimatur-demo-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const service = await compose(await makeThrowAwayIssuer(folder))
  const slug = await importSamples(service)
  await endorseSamples(service, ENDORSEMENTS, slug)
  const badges = await issueSamples(service)
  if (options.once === undefined) await serve(service, badges, options)
  else await checkOnce(service, badges, options)
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
  const { file, art } = readAchievementFile(sample, service.achievementParser)
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

async function checkOnce(
  service: Service,
  badges: readonly BadgeRecord[],
  options: DemoOptions,
): Promise<void> {
  const verifier = openVerifier(service)
  try {
    const reading = toReadingParts(service, verifier)
    let failures = 0
    for (const badge of badges) if (!(await checkBadge(service, reading, badge))) failures += 1
    const first = badges[0]
    if (options.out !== undefined && first !== undefined)
      await writeArtefacts(service, reading, first, options.out)
    say(`${badges.length - failures} of ${badges.length} badges verified by both implementations`)
    if (failures > 0 || badges.length === 0) process.exitCode = 1
  } finally {
    await verifier.close()
    await service.issuing.database.close()
  }
}

async function serve(
  service: Service,
  badges: readonly BadgeRecord[],
  options: DemoOptions,
): Promise<void> {
  const running = await startOrExit(service, createLogger(service.settings.logLevel))
  for (const badge of badges) await checkBadge(service, running.reading, badge)
  const first = badges[0]
  if (options.out !== undefined && first !== undefined) {
    await writeArtefacts(service, running.reading, first, options.out)
  }
  showLinks(service, badges)
  const stop = () => void running.stop().then(() => process.exit(0))
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}
