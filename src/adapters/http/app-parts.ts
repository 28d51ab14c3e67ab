/** What the HTTP adapter is given; it constructs nothing of this itself. */
import type { IssuingParts } from '../../application/issuing-parts.js'
import type { ReviewParser } from '../../application/ports/documents.js'
import type { StatusListPublisher } from '../../application/publish-status-list.js'
import type { ReceiptParts } from '../../application/receipts.js'
import type { ReadingParts } from '../../application/report-on.js'
import type { DidResolver } from '../../application/resolve-did.js'
import type { GenericIssuingParts } from '../../application/vc-api/issue-generic.js'
import type { ArtPictures } from '../images/art-renderer.js'
import type { PageAssets } from '../pages/page-assets.js'
import type { FailureLog } from './problem-details.js'
import type { RateLimits } from './rate-limits.js'

/** One line per finished request; the route pattern, never the address or the body. */
export type RequestLog = (line: {
  id: string
  method: string
  route: string
  status: number
  ms: number
}) => void

export type AppParts = {
  readonly baseUrl: string
  readonly issuing: IssuingParts
  readonly reading: ReadingParts
  readonly receipts: ReceiptParts
  readonly resolveDid: DidResolver
  readonly reviewParser: ReviewParser
  /** Signs what is no badge; undefined unless the VC API's generic profile is on. */
  readonly generic: GenericIssuingParts | undefined
  readonly statusLists: StatusListPublisher
  readonly assets: PageAssets
  readonly limits: RateLimits
  readonly artPictures: ArtPictures
  /** Whether mail that is owed is sent; else links are shown to be handed over. */
  readonly sendsMail: boolean
  /** Does something after the answer, so that its time tells nothing; a failure is logged. */
  readonly later: (work: () => Promise<void>) => void
  /** Runs what signs, a few at a time and in order, so that everything else is answered meanwhile. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>
  readonly logRequest: RequestLog
  readonly logFailure: FailureLog
}
