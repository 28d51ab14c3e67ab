/**
 * All published samples, before the service and the command line as real processes. Their issuers publish
 * nothing any more; here they do, on an internet of one host.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { extractFromPicture } from '../../src/adapters/images/picture-file.js'
import { type JsonObject, member } from '../../src/domain/json.js'
import { listProofs } from '../../src/domain/proof.js'
import type { VerificationReport } from '../../src/domain/verification-report.js'
import { ARGUMENTS, findChromium, readVerdict, sendForm } from '../support/browser.js'
import { type Env, openWorkplace, type Workplace } from '../support/http-cli.js'
import { hasOfficialData, officialPath } from '../support/official-data.js'
import { openSmallInternet, type Page, type SmallInternet } from '../support/small-internet.js'
import { describeWithTools } from '../support/tools.js'

const LIST =
  'https://raw.githubusercontent.com/1EdTech/digital-credentials-public-validator/refs/heads/main/inspector-vc/src/test/resources/ob30/bit-string-list/testlist'

/** With warnings: one proof without a list, its place as a number, and a list of another id than its address. */
const REVOKED = ['compacted-form', 'revoked', 'status-index-number', 'status-list-id'] as const

/** Verdict of each sample, and the codes of the rows that count: what decides, and warnings. */
const SAMPLES: Readonly<Record<string, readonly [verdict: string, ...codes: string[]]>> = {
  'simple.json': ['valid'],
  'complete.json': ['valid', 'result-not-described'],
  'simple_v1.json': ['valid', 'context-older'],
  'simple-context-version.json': ['valid', 'context-older'],
  'simple-multiple-proofs.json': ['valid'],
  'simple-eddsa-2022.json': ['valid', 'context-older'],
  'sd/derivedcredential.json': ['valid', 'proof-selective'],
  'endorsement-valid.json': ['valid'],
  'simple-json.png': ['valid'],
  'simple-json.svg': ['valid'],
  'simple-jwt.png': ['valid'],
  'simple-err-expired.json': ['invalid', 'expired'],
  'simple-err-issued.json': ['invalid', 'schema', 'probe', 'not-yet-valid'],
  'simple-err-context.json': ['invalid', 'context-not-allowed'],
  'simple-err-type.json': ['invalid', 'type', 'not-transformable'],
  'simple-err-issuer-type.json': ['invalid', 'schema', 'probe', 'not-transformable'],
  'simple-err-credential-subject-result-type.json': ['invalid', 'schema', 'not-transformable'],
  'simple-err-proof-value.json': ['invalid', 'signature-mismatch'],
  'simple-err-proof-method-unknown-scheme.json': [
    'invalid',
    'method-not-listed',
    'proof-not-checked',
  ],
  'simple-noproof.json': ['invalid', 'proof-missing'],
  'bit-string-list/credential-status-revoked.json': ['invalid', ...REVOKED],
  'bit-string-list/credential-status-revoked-blank-nodes.json': ['invalid', ...REVOKED],
  // A list of statuses is no badge.
  'bit-string-list/testlist': ['invalid', 'context-not-allowed'],
  // Its issuer is a name (urn:uuid) that cannot own the did:key which signed it.
  'simple-did-key-method.json': ['invalid', 'issuer-key-mismatch'],
}

const bytesOf = (name: string) => readFileSync(officialPath(`vectors/validator/${name}`))

/** What the issuers of the samples would publish: the keys that the proofs name, and one of a token. */
function publishedDocuments(): Readonly<Record<string, Page>> {
  const methods = new Map<string, JsonObject[]>()
  const add = (controller: string, method: JsonObject) => {
    const known = methods.get(controller) ?? []
    if (!known.some(({ id }) => id === method['id'])) known.push({ controller, ...method })
    methods.set(controller, known)
  }
  for (const name of Object.keys(SAMPLES).filter((one) => !/\.(png|svg)$/.test(one))) {
    const document = JSON.parse(bytesOf(name).toString('utf8')) as JsonObject
    for (const { verificationMethod: id = '' } of listProofs(document)) {
      const [controller = '', publicKeyMultibase = ''] = id.split('#')
      if (controller.startsWith('https:'))
        add(controller, { id, type: 'Multikey', publicKeyMultibase })
    }
  }
  const { issuer, publicKeyJwk } = keyOfToken()
  add(issuer, { id: `${issuer}#token`, type: 'JsonWebKey', publicKeyJwk })
  const pages = [...methods].map(([id, verificationMethod]): [string, Page] => {
    const assertionMethod = verificationMethod.map((method) => String(method['id']))
    const text = JSON.stringify({ id, verificationMethod, assertionMethod })
    return [id, { mediaType: 'application/json', text }]
  })
  const list = {
    mediaType: 'application/json',
    text: bytesOf('bit-string-list/testlist').toString(),
  }
  const revocations = 'https://1edtech.edu/credentials/3732/revocations'
  const none = JSON.stringify({ id: revocations, revokedCredential: [] })
  return Object.fromEntries([
    ...pages,
    [LIST, list],
    [revocations, { mediaType: 'application/json', text: none }],
  ])
}

/** The token in the picture carries the key that signed it; its issuer would publish the same. */
function keyOfToken(): { readonly issuer: string; readonly publicKeyJwk: JsonObject } {
  const token = String(extractFromPicture(bytesOf('simple-jwt.png')))
  const [header = {}, payload = {}] = token
    .split('.')
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as JsonObject)
  return { issuer: String(payload['iss']), publicKeyJwk: member(header, 'jwk') as JsonObject }
}

/** The verdict, and the codes that count for it. */
function outcomeOf({ verdict, checks }: VerificationReport): readonly string[] {
  const notes = ['endorsements', 'issuerTrust', 'recipient']
  const counting = checks.filter(({ name }) => !notes.includes(name))
  return [verdict, ...counting.flatMap(({ problems }) => problems.map(({ code }) => code))]
}

const names = Object.keys(SAMPLES)

describe.skipIf(!hasOfficialData)('published samples (skipped without ../shared/ob3)', () => {
  describeWithTools('before real processes', ['ip', 'openssl'], () => {
    let internet: SmallInternet
    let place: Workplace
    let address: string
    let env: Env
    beforeAll(async () => {
      internet = await openSmallInternet(publishedDocuments())
      place = openWorkplace(internet.prefix)
      const port = 8000 + (process.pid % 1000)
      const baseUrl = `http://127.0.0.1:${port}`
      env = { ...internet.env, BASE_URL: baseUrl, PORT: String(port), HOST: '0.0.0.0' }
      await place.run(['keys', 'create'], env)
      await place.start(['serve'], env).printed(/^Serving /m)
      address = `http://${internet.address}:${port}`
    })
    afterAll(async () => {
      await place?.close()
      await internet?.close()
    })

    it.each(names)('%s through the API', async (name) => {
      const type = /\.png$/.test(name)
        ? 'image/png'
        : /\.svg$/.test(name)
          ? 'image/svg+xml'
          : 'json'
      const answer = await fetch(`${address}/api/v1/verify`, {
        method: 'POST',
        headers: { 'Content-Type': type === 'json' ? 'application/json' : type },
        body: new Uint8Array(bytesOf(name)),
      })
      const body = (await answer.json()) as VerificationReport & { report?: VerificationReport }
      expect(outcomeOf(body.report ?? body)).toEqual(SAMPLES[name])
    })

    it.each(names)('%s through the command line', async (name) => {
      const file = officialPath(`vectors/validator/${name}`)
      const { code, out } = await place.run(['verify', file, '--json'], env)
      expect(outcomeOf(JSON.parse(out) as VerificationReport)).toEqual(SAMPLES[name])
      expect(code).toBe(SAMPLES[name]?.[0] === 'valid' ? 0 : 1)
    })

    it.each([
      ['sd/derivedcredential.json', 'Valid'],
      ['simple-jwt.png', 'Valid'],
      ['bit-string-list/credential-status-revoked.json', 'Not valid'],
    ])('%s through the page', async (name, verdict) => {
      const executablePath = findChromium()
      if (executablePath === undefined) throw new Error('there is no Chromium; set CHROMIUM_PATH')
      const browser: Browser = await chromium.launch({ executablePath, args: ARGUMENTS })
      try {
        const page = await browser.newPage()
        await page.goto(`${address}/verify`)
        await page
          .locator('[name=file]')
          .setInputFiles(path.resolve(officialPath(`vectors/validator/${name}`)))
        await sendForm(page)
        expect(await readVerdict(page)).toBe(verdict)
      } finally {
        await browser.close()
      }
    })
  })
})
