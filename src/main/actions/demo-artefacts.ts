/** What the demo checks, shows and writes. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { qrPng, qrSvg } from '../../adapters/images/qr-code.js'
import { renderBadgePage } from '../../adapters/pages/badge-page.js'
import { FONT_FILES } from '../../adapters/pages/fonts.js'
import type { PageAssets } from '../../adapters/pages/page-assets.js'
import { STYLESHEET } from '../../adapters/pages/stylesheet.js'
import type { BadgeView } from '../../application/badge-view.js'
import type { BadgeRecord } from '../../application/ports/stores.js'
import { readBadge } from '../../application/read-badge.js'
import { readIssuer } from '../../application/read-issuer.js'
import type { ReadingParts } from '../../application/report-on.js'
import { badgeUrl } from '../../domain/badge-code.js'
import { DEFAULT_ISSUER } from '../../domain/issuer.js'
import type { Service } from '../compose.js'
import { say } from '../terminal.js'

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

/** The five files of one badge. */
export async function writeArtefacts(
  service: Service,
  reading: ReadingParts,
  badge: BadgeRecord,
  folder: string,
): Promise<void> {
  const url = badgeUrl(service.settings.baseUrl, badge.code)
  const view = await readBadge(reading, badge.code)
  mkdirSync(folder, { recursive: true })
  const write = (name: string, content: string | Uint8Array) => {
    writeFileSync(path.join(folder, name), content)
    say(`Wrote        ${path.join(folder, name)}`)
  }
  write('credential.json', badge.securedJson)
  write('did.json', pretty((await readIssuer(service.issuing, DEFAULT_ISSUER)).didDocument))
  write('qr.png', qrPng(url))
  write('badge.html', renderBadgePage(view, inlineAssets(service, view)))
  write('report.json', pretty(view.report))
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

/** A page that stands alone in a file: style, fonts and pictures inside it. */
function inlineAssets(service: Service, view: BadgeView): PageAssets {
  const svg = (text: string) => `data:image/svg+xml;base64,${Buffer.from(text).toString('base64')}`
  const css = FONT_FILES.reduce(
    (text, font) => text.replaceAll(`/assets/fonts/${font.file}`, fontData(font.path)),
    STYLESHEET,
  )
  return {
    baseUrl: service.settings.baseUrl,
    issuerName: service.settings.issuerName,
    stylesheet: { css },
    artUrl: () => svg(view.achievement.art),
    qrUrl: () => svg(qrSvg(view.url)),
  }
}

function fontData(file: string): string {
  return `data:font/woff2;base64,${readFileSync(file).toString('base64')}`
}

export function showLinks(service: Service, badges: readonly BadgeRecord[]): void {
  const { baseUrl } = service.settings
  say('')
  say(`Home         ${baseUrl}/`)
  for (const { code, consent } of badges) {
    say(
      `Badge page   ${badgeUrl(baseUrl, code)}  (name ${consent.name}, evidence ${consent.evidence})`,
    )
  }
  say(`Issuer       ${baseUrl}/issuer`)
  say(`Check one    ${baseUrl}/verify`)
  say('Stop with Ctrl+C.')
}
