/** What one issuer says of another's work: taken in from those who may, served to everyone. */
import { type Response, Router } from 'express'
import { addEndorsement } from '../../../application/add-endorsement.js'
import type { EndorsementRecord } from '../../../application/ports/stores.js'
import { readEndorsementRequest } from '../../../application/read-endorsement-request.js'
import { findEndorsement, readEndorsement } from '../../../application/read-endorsements.js'
import { parseBadgeCode } from '../../../domain/badge-code.js'
import { endorsementUrl } from '../../../domain/endorsement-credential.js'
import { IssuerError } from '../../../domain/issuer-error.js'
import { parseRequestJson } from '../../../domain/raw-gate/request-json.js'
import { renderEndorsementPage } from '../../pages/endorsement-page.js'
import type { AppParts } from '../app-parts.js'
import { actorOf, requireScope } from '../bearer-token.js'
import { methodNotAllowed } from '../method-not-allowed.js'
import { credentialType, prefersHtml } from '../negotiation.js'
import { bodyBytes, rawBody } from '../request-body.js'
import { openUp } from '../security-headers.js'

/** A comment is a page at most. */
const MAX_BYTES = 32 * 1024

export function endorsementRoutes(parts: AppParts): Router {
  const router = Router()
  router
    .route('/api/v1/endorsements')
    .post(
      requireScope(parts.issuing, 'endorsements:write'),
      ...rawBody(['application/json'], MAX_BYTES),
      async (request, response) => {
        const actor = actorOf(response)
        const body = parseRequestJson(bodyBytes(request.body))
        const asked = readEndorsementRequest(body, actor.issuer)
        const { endorsement, isNew } = await parts.inTurn(() =>
          addEndorsement(parts.issuing, actor, asked),
        )
        response
          .location(endorsementUrl(parts.baseUrl, endorsement.code))
          .status(isNew ? 201 : 200)
          .json(toAnswer(parts, endorsement))
      },
    )
    .all(methodNotAllowed('POST'))
  router
    .route('/endorsements/:name')
    .get(async (request, response) => {
      const name = String(request.params['name'])
      const form = name.endsWith('.json') ? '.json' : ''
      const code = readCode(name.slice(0, name.length - form.length))
      if (name !== `${code}${form}`)
        return response.redirect(308, `${endorsementUrl(parts.baseUrl, code)}${form}`)
      response.vary('Accept')
      if (form === '' && prefersHtml(request)) return sendPage(parts, code, response)
      const mediaType = form === '.json' ? 'application/json' : credentialType(request)
      return sendDocument(parts, code, mediaType, response)
    })
    .all(methodNotAllowed('GET, HEAD'))
  return router
}

/** Codes typed by hand lead to the one canonical address, as those of badges do. */
function readCode(text: string): string {
  const code = parseBadgeCode(text)
  if (code !== undefined) return code
  throw new IssuerError('NOT_FOUND', 'There is no endorsement at this address.')
}

async function sendPage(parts: AppParts, code: string, response: Response): Promise<void> {
  const view = await readEndorsement(parts.reading, code)
  const html = renderEndorsementPage(view, parts.assets)
  response.set('Cache-Control', 'no-store').type('html').send(html)
}

/** The bytes go out as they were signed. */
async function sendDocument(
  parts: AppParts,
  code: string,
  mediaType: string,
  response: Response,
): Promise<void> {
  openUp(response).set('X-Robots-Tag', 'noindex')
  const { securedJson } = await findEndorsement(parts.reading, code)
  response
    .set('Cache-Control', 'public, max-age=300')
    .set('Content-Disposition', `inline; filename="endorsement-${code}.json"`)
    .setHeader('Content-Type', mediaType)
  response.send(Buffer.from(securedJson))
}

function toAnswer(parts: AppParts, endorsement: EndorsementRecord): object {
  const { code, issuer, kind, subjectId, createdAt } = endorsement
  const url = endorsementUrl(parts.baseUrl, code)
  return { code, url, issuer, about: kind, subject: subjectId, createdAt }
}
