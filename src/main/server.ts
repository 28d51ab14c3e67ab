/** Serves until told to stop; stops without dropping what it has begun. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import pLimit from 'p-limit'
import type { Logger } from 'pino'
import { createApp } from '../adapters/http/app.js'
import type { AppParts } from '../adapters/http/app-parts.js'
import { createRateLimits } from '../adapters/http/rate-limits.js'
import { STYLESHEET_PATH } from '../adapters/http/routes/operations.js'
import { createArtPictures } from '../adapters/images/art-renderer.js'
import type { PageAssets } from '../adapters/pages/page-assets.js'
import { gzipBitstringEncoder } from '../adapters/system/bitstring-encoder.js'
import { describeError } from '../adapters/telemetry/logger.js'
import { createStatusListPublisher } from '../application/publish-status-list.js'
import type { ReceiptParts } from '../application/receipts.js'
import type { ReadingParts } from '../application/report-on.js'
import { resumeIntents } from '../application/settle-badge.js'
import { releaseSome } from '../application/staff/release-many.js'
import type { GenericIssuingParts } from '../application/vc-api/issue-generic.js'
import { artUrl } from '../domain/achievement.js'
import { type Service, toReadingParts } from './compose.js'
import { keepDoing, type Run } from './keep-doing.js'
import { startMailRun } from './mail-run.js'
import { openGuardedClient } from './open-outbound.js'
import { openVerifier, type Verifier } from './open-verifier.js'

export type RunningServer = {
  /** Where it listens, e.g. `http://127.0.0.1:3000`. */
  readonly address: string
  /** Reads and verifies badges as the server does. */
  readonly reading: ReadingParts
  /** Stops taking requests, finishes those under way (20 s at most), closes everything. */
  stop(): Promise<void>
}

const STOP_MS = 20_000
/** Slow senders are looked for every second; node does so only every 30 s. */
const SERVER_LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  connectionsCheckingInterval: 1000,
} as const
const MAX_CONNECTIONS = 2000
/** Issuing a badge is tens of milliseconds of work in many pieces; fifty at once leave no time between. */
const SIGNING_AT_ONCE = 4

/** Finishes what a crash left open, then listens. */
export async function startServer(service: Service, logger: Logger): Promise<RunningServer> {
  const outbound = openGuardedClient(service.settings)
  const verifier = openVerifier(service, { outbound })
  await verifier.ready()
  const resumed = await resumeIntents(service.issuing)
  if (resumed.failed > 0) logger.error(resumed, 'badges that a crash had left open do not finish')
  else if (resumed.finished > 0) logger.warn(resumed, 'finished badges that a crash had left open')
  const parts = appParts(service, verifier, logger)
  const server = createServer(SERVER_LIMITS, createApp(parts))
  server.maxConnections = MAX_CONNECTIONS
  const address = await listen(server, service)
  logger.info({ address, baseUrl: service.settings.baseUrl }, 'listening')
  if (service.genericIssuer !== undefined)
    logger.warn({ did: service.genericIssuer.did }, 'the VC API signs anything with this issuer')
  const mailRun = startMailRun(service, logger)
  const releaseRun = startReleaseRun(parts, logger)
  return {
    address,
    reading: toReadingParts(service, verifier),
    stop: async () => {
      await releaseRun.stop()
      await mailRun?.stop()
      await stop(server, service, verifier)
      await outbound.close()
    },
  }
}

/** Goes on with releases of many, also with those that a crash broke off. */
function startReleaseRun({ issuing, inTurn }: AppParts, logger: Logger): Run {
  const onFault = (error: unknown) => logger.error(describeError(error), 'a release failed')
  return keepDoing(() => releaseSome({ issuing, inTurn, onFault }), onFault)
}

/** What the HTTP adapter needs, from what was composed. */
export function appParts(service: Service, verifier: Verifier, logger: Logger): AppParts {
  return {
    baseUrl: service.settings.baseUrl,
    issuing: service.issuing,
    reading: toReadingParts(service, verifier),
    receipts: toReceiptParts(service),
    resolveDid: verifier.resolveDid,
    reviewParser: service.reviewParser,
    generic: toGenericParts(service, verifier),
    statusLists: createStatusListPublisher(service.issuing, gzipBitstringEncoder),
    assets: servedAssets(service),
    limits: createRateLimits(service.settings),
    artPictures: createArtPictures(),
    sendsMail: service.settings.smtpUrl !== undefined,
    later: (work: () => Promise<void>) => {
      work().catch((error: unknown) => logger.error(describeError(error), 'failure afterwards'))
    },
    inTurn: pLimit(SIGNING_AT_ONCE),
    logRequest: (line: object) => logger.info(line, 'request'),
    logFailure: ({ error, ...line }: { error: unknown }) =>
      logger.error({ ...line, ...describeError(error) }, 'failure'),
  }
}

function toGenericParts(
  { issuing, genericIssuer }: Service,
  verifier: Verifier,
): GenericIssuingParts | undefined {
  if (genericIssuer === undefined) return undefined
  const { database, clock, hasher, baseUrl } = issuing
  return { issuer: genericIssuer, database, clock, hasher, baseUrl, verifier }
}

function toReceiptParts({ issuing, receiptSuite }: Service): ReceiptParts {
  const { database, defaultIssuer, ids } = issuing
  return { database, defaultIssuer, ids, receiptSuite }
}

/** Addresses of a page's parts when it is served. */
export function servedAssets(service: Service): PageAssets {
  const { baseUrl, issuerName } = service.settings
  return {
    baseUrl,
    issuerName,
    stylesheet: { href: STYLESHEET_PATH },
    artUrl: (achievement) => artUrl('', achievement),
    qrUrl: (code) => `/badges/${code}/qr.svg`,
  }
}

function listen(server: Server, service: Service): Promise<string> {
  const { port, host } = service.settings
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      const { address, port: bound } = server.address() as AddressInfo
      resolve(`http://${address.includes(':') ? `[${address}]` : address}:${bound}`)
    })
  })
}

async function stop(server: Server, service: Service, verifier: Verifier): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const late = setTimeout(() => server.closeAllConnections(), STOP_MS)
  await closed
  clearTimeout(late)
  await verifier.close()
  await service.issuing.database.close()
}
