/** Where a page finds its parts: URLs when served, data URIs and inline CSS when saved to a file. */
import type { Achievement } from '../../domain/achievement.js'

export type PageAssets = {
  readonly baseUrl: string
  /** Name of the issuing programme, for header and foot. */
  readonly issuerName: string
  readonly stylesheet: { readonly href: string } | { readonly css: string }
  /** Art of an achievement version. */
  artUrl(achievement: Achievement): string
  /** QR of a badge page as SVG. */
  qrUrl(code: string): string
}
