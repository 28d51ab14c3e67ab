/** What can be earned: pages for people, documents for verifiers. */
import { type Response, Router } from 'express'
import { findEmbeddable } from '../../../application/embeddable-endorsements.js'
import { readEndorsementsOf } from '../../../application/read-endorsements.js'
import { getIssuer } from '../../../application/signing-issuer.js'
import {
  type Achievement,
  type Art,
  achievementUrl,
  issuerOf,
} from '../../../domain/achievement.js'
import {
  OB3_CONTEXT,
  toAchievementNode,
  VC2_CONTEXT,
} from '../../../domain/achievement-credential.js'
import { withEndorsements } from '../../../domain/embedded-endorsements.js'
import { IssuerError } from '../../../domain/issuer-error.js'
import { renderAchievementPage } from '../../pages/achievement-page.js'
import { type CatalogueEntry, renderHomePage } from '../../pages/home-page.js'
import type { AppParts } from '../app-parts.js'
import { methodNotAllowed } from '../method-not-allowed.js'
import { prefersHtml } from '../negotiation.js'
import { openToAll, openUp, PICTURE_ONLY } from '../security-headers.js'

const READ_ONLY = methodNotAllowed('GET, HEAD')

export function catalogueRoutes(parts: AppParts): Router {
  const router = Router()
  const { catalogue } = parts.issuing.database.stores

  router
    .route('/')
    .get(async (_request, response) => {
      const achievements = await listEntries(parts)
      response.type('html').send(renderHomePage({ achievements }, parts.assets))
    })
    .all(READ_ONLY)

  router
    .route('/achievements/:slug')
    .get(openToAll, async (request, response) => {
      const latest = getKnown(await catalogue.findLatest(readSlug(request.params)))
      response.redirect(302, achievementUrl(parts.baseUrl, latest.slug, latest.version))
    })
    .all(READ_ONLY)

  router
    .route('/achievements/:slug/:version')
    .get(async (request, response) => {
      const achievement = await getVersion(parts, request.params)
      response.vary('Accept')
      if (prefersHtml(request)) await sendAchievementPage(parts, achievement, response)
      else
        sendJsonLd(response, {
          '@context': [VC2_CONTEXT, OB3_CONTEXT],
          ...(await toPublishedNode(parts, achievement)),
        })
    })
    .all(READ_ONLY)

  router
    .route('/achievements/:slug/:version/image.svg')
    .get(openToAll, async (request, response) => {
      const { art } = await getVersion(parts, request.params)
      if (art.mediaType !== 'image/svg+xml')
        throw new IssuerError('NOT_FOUND', 'The art of this badge is a PNG; take image.png.')
      sendArt(response, art.mediaType, art.content)
    })
    .all(READ_ONLY)

  router
    .route('/achievements/:slug/:version/image.png')
    .get(openToAll, async (request, response) => {
      const achievement = await getVersion(parts, request.params)
      const picture = await parts.artPictures.png(achievement)
      sendArt(response, 'image/png', Buffer.from(picture))
    })
    .all(READ_ONLY)
  return router
}

function sendArt(response: Response, mediaType: Art['mediaType'], body: string | Buffer): void {
  response
    .set('Content-Security-Policy', PICTURE_ONLY)
    .set('Cache-Control', 'public, max-age=31536000, immutable')
    .type(mediaType)
    .send(body)
}

/** What the front page shows; with a name where another than the programme awards it. */
async function listEntries(parts: AppParts): Promise<readonly CatalogueEntry[]> {
  const { catalogue, issuers } = parts.issuing.database.stores
  const names = new Map((await issuers.list()).map(({ slug, name }) => [slug, name]))
  return (await catalogue.listLatest()).map((achievement) => {
    const issuerName = names.get(issuerOf(achievement))
    return {
      achievement,
      url: achievementUrl(parts.baseUrl, achievement.slug, achievement.version),
      ...(issuerName === undefined ? {} : { issuerName }),
    }
  })
}

/** With what others have signed of it. */
async function toPublishedNode(parts: AppParts, achievement: Achievement): Promise<object> {
  const id = achievementUrl(parts.baseUrl, achievement.slug, achievement.version)
  const endorsements = await findEmbeddable(parts.issuing.database.stores, id)
  return withEndorsements(toAchievementNode(achievement, parts.baseUrl), endorsements)
}

function sendJsonLd(response: Response, document: object): void {
  openUp(response)
    .set('Cache-Control', 'public, max-age=300')
    .type('application/ld+json')
    .send(JSON.stringify(document))
}

async function sendAchievementPage(
  parts: AppParts,
  achievement: Achievement,
  response: Response,
): Promise<void> {
  const latest = getKnown(
    await parts.issuing.database.stores.catalogue.findLatest(achievement.slug),
  )
  const { stores } = parts.issuing.database
  const issuer = await getIssuer(parts.issuing, stores, issuerOf(achievement))
  const url = achievementUrl(parts.baseUrl, achievement.slug, achievement.version)
  const model = {
    achievement,
    url,
    issuer,
    isLatest: latest.version === achievement.version,
    latestUrl: achievementUrl(parts.baseUrl, latest.slug, latest.version),
    endorsements: await readEndorsementsOf(parts.reading, url),
  }
  response.type('html').send(renderAchievementPage(model, parts.assets))
}

async function getVersion(
  parts: AppParts,
  params: Readonly<Record<string, string | string[]>>,
): Promise<Achievement> {
  const version = String(params['version'])
  const isNumber = /^[1-9]\d{0,5}$/.test(version)
  const { catalogue } = parts.issuing.database.stores
  return getKnown(
    isNumber ? await catalogue.findVersion(readSlug(params), Number(version)) : undefined,
  )
}

/** The slug of an address, or '' for what can be none. */
function readSlug(params: Readonly<Record<string, string | string[]>>): string {
  const slug = String(params['slug'])
  return /^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$/.test(slug) ? slug : ''
}

function getKnown(achievement: Achievement | undefined): Achievement {
  if (achievement === undefined) throw new IssuerError('NOT_FOUND', 'There is no such achievement.')
  return achievement
}
