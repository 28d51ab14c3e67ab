/** Issues the badge that a certification asks for, and writes it with all that belongs to it. */
import { renderConformanceKitPage } from '../../adapters/pages/conformance-kit-page.js'
import { issueConformanceBadge } from '../../application/issue-conformance-badge.js'
import { statusListUrl } from '../../application/issuing-parts.js'
import type { BadgeRecord } from '../../application/ports/stores.js'
import { reportOnBadge } from '../../application/read-badge.js'
import { readIssuer } from '../../application/read-issuer.js'
import type { Settings } from '../../config/settings.js'
import { type Achievement, issuerOf } from '../../domain/achievement.js'
import { badgeUrl } from '../../domain/badge-code.js'
import { issuerPath } from '../../domain/issuer.js'
import { IssuerError } from '../../domain/issuer-error.js'
import { compose, type Service, toReadingParts } from '../compose.js'
import { inlineAssets } from '../inline-assets.js'
import { openVerifier } from '../open-verifier.js'
import { say, warn } from '../terminal.js'
import { openFolder, writeBadgeFiles } from './badge-files.js'

/** The same achievement again gives the same badge; the exit code says whether it verifies. */
export async function writeConformanceKit(
  settings: Settings,
  folder: string,
  slug: string | undefined,
): Promise<void> {
  const service = await compose(settings)
  const verifier = openVerifier(service)
  try {
    const achievement = await chooseAchievement(service, slug)
    const badge = await issueConformanceBadge(service.issuing, achievement)
    const write = openFolder(folder)
    await writeBadgeFiles(service, badge, write)
    const report = await reportOnBadge(toReadingParts(service, verifier), badge.code)
    const independent = await service.issuing.independentVerifier.verify(badge.securedJson)
    const kit = {
      ...(await addressesOf(service, achievement, badge)),
      hasToken: badge.token !== undefined,
      report,
      isIndependentlyVerified: independent.verified,
    }
    write('instructions.html', renderConformanceKitPage(kit, inlineAssets(settings)))
    say(`Badge        ${kit.badgeUrl}  ours: ${report.verdict}`)
    if (report.verdict !== 'valid' || !independent.verified) process.exitCode = 1
    if (settings.baseUrl.startsWith('http:'))
      warn('BASE_URL is http, so this kit is for a trial only; make it again on https.')
  } finally {
    await verifier.close()
    await service.issuing.database.close()
  }
}

/** The one that is named, or the only one that there is. */
async function chooseAchievement(
  { issuing }: Service,
  slug: string | undefined,
): Promise<Achievement> {
  const { catalogue } = issuing.database.stores
  const all = await catalogue.listLatest()
  const [chosen, ...others] = all.filter((one) => slug === undefined || one.slug === slug)
  if (chosen !== undefined && others.length === 0) return chosen
  const known = all.map((one) => one.slug).join(', ')
  throw new IssuerError(
    'ACHIEVEMENT_UNKNOWN',
    known === ''
      ? 'There is no achievement yet; import one first: imprimatur achievements import FILE'
      : `Say which achievement the badge is for, with --achievement: ${known}`,
  )
}

async function addressesOf({ issuing }: Service, achievement: Achievement, badge: BadgeRecord) {
  const { baseUrl, database } = issuing
  const slug = issuerOf(achievement)
  const entry = await database.stores.statusLists.findEntry(badge.code)
  const path = issuerPath(slug)
  return {
    badgeUrl: badgeUrl(baseUrl, badge.code),
    issuerId: (await readIssuer(issuing, slug)).profile.id,
    didDocumentUrl: `${baseUrl}${path === '' ? '/.well-known' : path}/did.json`,
    statusListUrl: statusListUrl(baseUrl, entry?.listId ?? ''),
  }
}
