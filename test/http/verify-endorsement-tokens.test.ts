/** Endorsements in tokens where people see them: the page, the plain text, and the whole badge in an envelope. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { renderReportText } from '../../src/adapters/pages/report-text.js'
import type { JsonObject } from '../../src/domain/json.js'
import { toTokenPayload } from '../../src/domain/token-claims.js'
import type { VerificationReport } from '../../src/domain/verification-report.js'
import { badgeDocument, endorsementDocument } from '../support/badge-documents.js'
import { badgeWith, envelopeOf } from '../support/endorsement-tokens.js'
import { verifyForm } from '../support/http-forms.js'
import { type HttpService, openHttpService } from '../support/http-service.js'
import { secure } from '../support/signed-badges.js'
import { STRANGER } from '../support/signing-keys.js'
import { SIGNERS, tokenOf } from '../support/tokens.js'

const DID = `did:key:${SIGNERS.ES256.multikey}`
const HEADER = { typ: 'JWT', kid: DID }

let http: HttpService
beforeAll(async () => {
  http = await openHttpService()
})
afterAll(() => http.close())

const endorsed = (name: string) => {
  const document = endorsementDocument(DID)
  const issuer = { ...(document['issuer'] as JsonObject), name }
  return tokenOf(SIGNERS.ES256, HEADER, toTokenPayload({ ...document, issuer }))
}

const shownOn = async (credential: JsonObject) => {
  const { text } = await http.send(verifyForm({ credential: JSON.stringify(credential) }))
  const chapter =
    /<section class="chapter" aria-labelledby="endorsements"[\s\S]*?<\/section>/.exec(text)?.[0] ??
    ''
  return chapter.replaceAll(/Somebody|Endorser/g, 'NAME').replaceAll(/did:key:\w+/g, 'DID')
}

it('the page shows one in a token as one that is embedded', async () => {
  const embedded = await secure(endorsementDocument(STRANGER.method.controller), [STRANGER])
  const expected = await shownOn(await badgeWith({ endorsement: [embedded] }))
  expect(expected).toContain('Endorsement verified')
  const token = endorsed('Somebody')
  expect(await shownOn(await badgeWith({ endorsementJwt: [token] }))).toBe(expected)
  expect(await shownOn(await badgeWith({ endorsement: [envelopeOf(token)] }))).toBe(expected)
  const spoilt = `${token.slice(0, -6)}AAAAAA`
  expect(await shownOn(await badgeWith({ endorsementJwt: [spoilt] }))).toContain(
    'Endorsement not verified',
  )
})

it('a whole badge in an envelope is verified with the endorsements in it', async () => {
  const { credentialStatus: _status, ...document } = badgeDocument({ issuer: DID })
  const endorsementJwt = [endorsed('Somebody')]
  const badge = tokenOf(SIGNERS.ES256, HEADER, toTokenPayload({ ...document, endorsementJwt }))
  for (const type of ['application/vc', 'application/json']) {
    const answer = await http.send({
      method: 'POST',
      path: '/api/v1/verify',
      headers: { 'Content-Type': type },
      body: JSON.stringify(envelopeOf(badge)),
    })
    expect(answer.status, answer.text).toBe(200)
    const report = answer.json() as unknown as VerificationReport
    expect([report.verdict, report.endorsements?.map(({ outcome }) => outcome)]).toEqual([
      'valid',
      ['passed'],
    ])
    expect(renderReportText(report)).toContain('Somebody')
  }
})
