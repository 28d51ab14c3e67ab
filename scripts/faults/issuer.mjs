/** A throw-away issuer, made with the command line as an operator makes one, and reviews for it. */
import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { buildIfStale } from '../build-if-stale.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
export const COMMAND = path.join(ROOT, 'scripts', 'imprimatur.mjs')
const SAMPLES = path.join(ROOT, 'scripts', 'demo')
export const SAMPLE_ACHIEVEMENT = path.join(SAMPLES, 'empowering-students-as-creators.yaml')
export const PLAIN_ACHIEVEMENT = path.join(ROOT, 'scripts', 'faults', 'plain', 'achievement.yaml')

/**
 * Makes key, achievement and token in `folder` and `database`.
 * @param scopes what the token may do
 * @returns `environment`, all that the service needs to run, and `token`
 */
export async function createIssuer(folder, database, baseUrl, scopes = ['reviews:write']) {
  await buildIfStale()
  const passphraseFile = path.join(folder, 'passphrase')
  writeFileSync(passphraseFile, 'a passphrase for one run\n', { mode: 0o600 })
  const environment = {
    PATH: process.env.PATH,
    TMPDIR: folder,
    ...database.environment,
    KEYS_DIR: path.join(folder, 'keys'),
    KEYS_PASSPHRASE_FILE: passphraseFile,
    BASE_URL: baseUrl,
    PORT: new URL(baseUrl).port,
    VERIFY_WORKERS: '1',
    // One client asks for every badge of a run.
    VERIFY_PER_MINUTE: '1000000',
    LOG_LEVEL: 'warn',
  }
  await runCommand(environment, 'keys', 'create')
  const [token] = await Promise.all([
    runCommand(environment, 'tokens', 'create', '--scope', ...scopes),
    runCommand(environment, 'achievements', 'import', SAMPLE_ACHIEVEMENT, PLAIN_ACHIEVEMENT),
  ])
  return { environment, token: token.trim() }
}

/** Runs `imprimatur …` to its end and returns what it printed. */
export async function runCommand(env, ...args) {
  const { stdout } = await promisify(execFile)(process.execPath, [COMMAND, ...args], { env })
  return stdout
}

/**
 * @returns a function from a number to an approved review; different numbers give different reviews.
 *   Everything in them is public, so that their badges can be fetched.
 */
export function createReviewSource() {
  const [first = ''] = readFileSync(path.join(SAMPLES, 'reviews.ndjson'), 'utf8').split('\n')
  const sample = JSON.parse(first)
  return (number) => ({
    ...sample,
    source: 'faults',
    id: `submission-${number}`,
    candidate: {
      name: `Invented Librarian ${number}`,
      email: `librarian-${number}@example.org`,
      district: sample.candidate.district,
    },
  })
}

/** As createReviewSource, for the plain achievement: no rubric, no evidence. */
export function createPlainReviewSource() {
  const createReview = createReviewSource()
  return (number) => {
    const { rubric: _rubric, evidence: _evidence, ...review } = createReview(number)
    return { ...review, achievement: 'plain' }
  }
}
