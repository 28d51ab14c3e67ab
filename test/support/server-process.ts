/** `imprimatur serve` as a process of its own, on temporary folders, with badges to look at. */
import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { acceptReview } from '../../src/application/accept-review.js'
import { addEndorsement } from '../../src/application/add-endorsement.js'
import { changeBadgeStatus, type StatusRequest } from '../../src/application/change-status.js'
import { correctBadge } from '../../src/application/correct-badge.js'
import { importAchievement } from '../../src/application/import-achievement.js'
import { readCorrection } from '../../src/application/read-correction.js'
import type { Settings } from '../../src/config/settings.js'
import type { Issuer } from '../../src/domain/issuer.js'
import type { Service } from '../../src/main/compose.js'
import { addTestIssuer } from './districts.js'
import { addIssuerWithPast } from './key-lives.js'
import type { ReviewInput } from './reviews.js'
import { openTestService } from './service.js'

const COMMAND = fileURLToPath(new URL('../../scripts/imprimatur.mjs', import.meta.url))
const START_MS = 20_000
const STOP_MS = 8000

export type ServerProcess = {
  /** `http://127.0.0.1:{port}`, also the BASE_URL. */
  readonly baseUrl: string
  /** Page URLs of the badges, in the order of the reviews that were given. */
  readonly badges: readonly string[]
  /** Ends the process (SIGTERM, then SIGKILL) and removes its folders. */
  stop(): Promise<void>
}

export type ServerContents = {
  /** Reviews as a caller would send them; each must lead to a badge. */
  readonly reviews: readonly ReviewInput[]
  /** Achievements beside the sample one, as they stand in a file, with art that need not exist. */
  readonly achievements?: readonly Record<string, unknown>[]
  /** What other issuers say of achievements before the badges are issued. */
  readonly endorsements?: readonly {
    readonly issuer: Issuer
    readonly achievement: string
    readonly comment: string
  }[]
  /** Corrections by the place of the badge; the new badges take the places after those of the reviews. */
  readonly corrections?: readonly { readonly place: number; readonly body: object }[]
  /** An issuer with keys in every state. */
  readonly issuerWithPast?: Issuer
  /** What becomes of the badges before they are served, by their place among the reviews. */
  readonly statuses?: readonly (Omit<StatusRequest, 'code'> & { readonly place: number })[]
  /** Changes each text after it was checked, into what the checks would not let through. */
  rewrite?(text: string): string
}

const ART = {
  mediaType: 'image/svg+xml',
  content:
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>',
} as const

/** Fills a database with the sample achievement and `contents`, then serves it until stopped. */
export async function startServerProcess(contents: ServerContents): Promise<ServerProcess> {
  const port = await findFreePort()
  const baseUrl = `http://127.0.0.1:${port}`
  const opened = await openTestService({
    env: {
      PORT: String(port),
      BASE_URL: baseUrl,
      ISSUER_URL: 'https://frl.example.org/',
      ISSUER_EMAIL: 'badges@example.org',
      LOG_LEVEL: 'error',
    },
  })
  const remove = () => rmSync(opened.folder, { recursive: true, force: true })
  try {
    const badges = await fill(opened.service, contents)
    await opened.service.issuing.database.close()
    const child = await serve(opened.settings)
    return { baseUrl, badges, stop: () => end(child).finally(remove) }
  } catch (error) {
    remove()
    throw error
  }
}

async function fill(service: Service, contents: ServerContents): Promise<readonly string[]> {
  const { rewrite = (text: string) => text } = contents
  if (contents.issuerWithPast !== undefined)
    await addIssuerWithPast(service, rewriteTexts(contents.issuerWithPast, rewrite))
  for (const input of contents.achievements ?? []) {
    const file = rewriteTexts(service.achievementParser.parse(input), rewrite)
    await importAchievement(service.issuing, file, ART, 'test')
  }
  await endorse(service, contents, rewrite)
  const badges: string[] = []
  for (const input of contents.reviews) {
    const review = rewriteTexts(service.reviewParser.parse(input), rewrite)
    const { badge } = await acceptReview(service.issuing, review, { name: 'test' })
    if (badge === undefined) throw new Error(`no badge came of review ${review.id}`)
    badges.push(`${service.settings.baseUrl}/badges/${badge.code}`)
  }
  const codeAt = (place: number) => badges[place]?.split('/').at(-1) ?? ''
  for (const { place, body } of contents.corrections ?? []) {
    const request = readCorrection(codeAt(place), body)
    const { issuing, reviewParser } = service
    const { badge } = await correctBadge(issuing, reviewParser, { name: 'test' }, request)
    badges.push(`${service.settings.baseUrl}/badges/${badge.code}`)
  }
  for (const { place, ...request } of contents.statuses ?? []) {
    const change = { ...request, code: codeAt(place) }
    await changeBadgeStatus(service.issuing, { name: 'test' }, change)
  }
  return badges
}

/** Each issuer is added with its first endorsement. */
async function endorse(
  service: Service,
  { endorsements = [] }: ServerContents,
  rewrite: (text: string) => string,
): Promise<void> {
  for (const { issuer, achievement: slug, comment } of endorsements) {
    if ((await service.issuing.database.stores.issuers.find(issuer.slug)) === undefined)
      await addTestIssuer(service, rewriteTexts(issuer, rewrite))
    await addEndorsement(
      service.issuing,
      { name: 'test' },
      {
        issuer: issuer.slug,
        subject: { kind: 'achievement', slug },
        comment: rewrite(comment),
      },
    )
  }
}

function rewriteTexts<T>(value: T, rewrite: (text: string) => string): T {
  return JSON.parse(JSON.stringify(value), (_key, item: unknown) =>
    typeof item === 'string' ? rewrite(item) : item,
  )
}

/** Nothing of the test runner's own environment but the path. */
function toEnvironment(settings: Settings): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    PORT: String(settings.port),
    BASE_URL: settings.baseUrl,
    DATA_DIR: settings.dataDir,
    KEYS_DIR: settings.keysDir,
    KEYS_PASSPHRASE_FILE: settings.keysPassphraseFile,
    ISSUER_URL: settings.issuerUrl,
    ISSUER_EMAIL: settings.issuerEmail,
    VERIFY_WORKERS: '1',
    LOG_LEVEL: settings.logLevel,
  }
}

/** Starts the process; resolves when it says that it serves, rejects with what it said otherwise. */
async function serve(settings: Settings): Promise<ChildProcess> {
  const child = spawn(process.execPath, [COMMAND, 'serve'], {
    env: toEnvironment(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const late = setTimeout(() => child.kill('SIGKILL'), START_MS)
  await new Promise<void>((resolve, reject) => {
    let said = ''
    const listen = (chunk: Buffer) => {
      said += chunk.toString()
      if (/^Serving /m.test(said)) resolve()
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`serve ended with ${code}: ${said}`)))
  }).finally(() => clearTimeout(late))
  return child
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
  await ended
  clearTimeout(late)
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
