/** What the demo checks, shows and writes. */
import { qrPng } from '../../adapters/images/qr-code.js'
import { renderBadgePage } from '../../adapters/pages/badge-page.js'
import type { BadgeRecord } from '../../application/ports/stores.js'
import { readBadge } from '../../application/read-badge.js'
import type { ReadingParts } from '../../application/report-on.js'
import { badgeUrl } from '../../domain/badge-code.js'
import type { Service } from '../compose.js'
import { inlineAssets } from '../inline-assets.js'
import { say } from '../terminal.js'
import { openFolder, pretty, writeBadgeFiles } from './badge-files.js'

/** Verifies with our verifier and with the independent implementation; says what came out. */
export async function checkBadge(
  service: Service,
  reading: ReadingParts,
  badge: BadgeRecord,
): Promise<boolean> {
  const { report } = await reading.verifier.verify(new TextEncoder().encode(badge.securedJson))
  const independent = await service.issuing.independentVerifier.verify(badge.securedJson)
  const second = independent.verified ? 'verified' : `refused (${independent.reasons.join(' ')})`
  say(`Badge        ${badge.code}  ours: ${report.verdict}  independent: ${second}`)
  return report.verdict === 'valid' && independent.verified
}

/** Every form of one badge, its QR code, its page and the report on it. */
export async function writeArtefacts(
  service: Service,
  reading: ReadingParts,
  badge: BadgeRecord,
  folder: string,
): Promise<void> {
  const { settings } = service
  const view = await readBadge(reading, badge.code)
  const write = openFolder(folder)
  await writeBadgeFiles(service, badge, write)
  write('qr.png', qrPng(badgeUrl(settings.baseUrl, badge.code)))
  write('badge.html', renderBadgePage(view, inlineAssets(settings)))
  write('report.json', pretty(view.report))
}

/** A badge that was taken back: what the verifier says of it. */
export async function showRevoked(reading: ReadingParts, { code }: BadgeRecord): Promise<boolean> {
  const { status, report } = await readBadge(reading, code)
  const codes = report.checks.flatMap(({ problems }) => problems.map((one) => one.code))
  say(
    `Badge        ${code}  ours: ${report.verdict} (${codes.join(', ')})  ${status?.publicReason}`,
  )
  return report.verdict === 'invalid' && codes.join() === 'revoked'
}

/** What the demo has issued. */
export type Samples = { readonly standing: readonly BadgeRecord[]; readonly revoked: BadgeRecord }

export function showLinks(service: Service, { standing, revoked }: Samples): void {
  const { baseUrl } = service.settings
  say('')
  say(`Home         ${baseUrl}/`)
  for (const { code, consent } of standing) {
    say(
      `Badge page   ${badgeUrl(baseUrl, code)}  (name ${consent.name}, evidence ${consent.evidence})`,
    )
  }
  say(`Revoked one  ${badgeUrl(baseUrl, revoked.code)}`)
  say(`Issuer       ${baseUrl}/issuer`)
  say(`Check one    ${baseUrl}/verify`)
  say('Stop with Ctrl+C.')
}
