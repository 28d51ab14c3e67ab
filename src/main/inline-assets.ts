/** Pages that stand alone in a file: style, fonts and pictures inside them. */
import { readFileSync } from 'node:fs'
import { qrSvg } from '../adapters/images/qr-code.js'
import { FONT_FILES } from '../adapters/pages/fonts.js'
import type { PageAssets } from '../adapters/pages/page-assets.js'
import { STYLESHEET } from '../adapters/pages/stylesheet.js'
import type { Settings } from '../config/settings.js'
import { badgeUrl } from '../domain/badge-code.js'

export function inlineAssets({ baseUrl, issuerName }: Settings): PageAssets {
  const svg = (text: string) => `data:image/svg+xml;base64,${Buffer.from(text).toString('base64')}`
  const png = (base64: string) => `data:image/png;base64,${base64}`
  const css = FONT_FILES.reduce(
    (text, font) => text.replaceAll(`/assets/fonts/${font.file}`, fontData(font.path)),
    STYLESHEET,
  )
  return {
    baseUrl,
    issuerName,
    stylesheet: { css },
    artUrl: ({ art }) => (art.mediaType === 'image/png' ? png(art.content) : svg(art.content)),
    qrUrl: (code) => svg(qrSvg(badgeUrl(baseUrl, code))),
  }
}

function fontData(file: string): string {
  return `data:font/woff2;base64,${readFileSync(file).toString('base64')}`
}
