/** A badge of another issuer in every form that badges have, and a site on this machine that serves them. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { encode as encodeJpeg } from 'jpeg-js'
import { PNG } from 'pngjs'
import { bakePicture } from '../../src/adapters/images/picture-file.js'
import { qrPng } from '../../src/adapters/images/qr-code.js'
import type { JsonObject } from '../../src/domain/json.js'
import { badgeDocument } from './badge-documents.js'
import { greyPng, SVG_ART } from './pictures.js'
import { secure } from './signed-badges.js'
import { STRANGER } from './signing-keys.js'

/** Signed by a `did:key`, without a status: nothing has to be fetched to judge it. */
export async function foreignBadge(): Promise<string> {
  const document = badgeDocument({ issuer: STRANGER.method.controller })
  const { credentialStatus: _none, ...rest } = document
  return JSON.stringify(await secure(rest as JsonObject, [STRANGER]))
}

/** A compact JWS by its looks; what it says no test here depends on. */
export const TOKEN = 'eyJhbGciOiJFUzI1NiJ9.e30.c2ln'

export const bakedPng = (credential: string): Buffer => bakePicture(greyPng(), credential)

export const bakedSvg = (credential: string): Buffer =>
  bakePicture(Buffer.from(SVG_ART), credential)

/** A page that links to its badge (HTML section 4.6.7.1, `rel=alternate`). */
export const linkingPage = (href: string): string =>
  `<!doctype html><title>A badge</title><link rel="alternate" type="application/vc" href="${href}">`

export function qrJpeg(text: string): Buffer {
  const { width, height, data } = PNG.sync.read(Buffer.from(qrPng(text)))
  return encodeJpeg({ width, height, data }, 90).data
}

export type ForeignSite = {
  /** `http://127.0.0.1:{port}` */
  readonly origin: string
  /** Paths that were asked for, in order. */
  readonly asked: readonly string[]
  close(): Promise<void>
}

/** Serves the badge as `/badge.json`, `.jwt`, `.png`, `.svg`, a `/page` that links to it, and dead ends. */
export async function openForeignSite(badge: string): Promise<ForeignSite> {
  const asked: string[] = []
  const documents: Readonly<Record<string, readonly [string, string | Buffer]>> = {
    '/badge.json': ['application/vc', badge],
    '/badge.jwt': ['application/vc+jwt', TOKEN],
    '/badge.png': ['image/png', bakedPng(badge)],
    '/badge.svg': ['image/svg+xml', bakedSvg(badge)],
    '/misnamed.png': ['image/png', badge],
    '/page': ['text/html; charset=utf-8', linkingPage('badge.json')],
    '/picture-page': ['text/html', linkingPage('/badge.png')],
    '/empty-page': ['text/html', '<!doctype html><title>Nothing</title>'],
    '/loop': ['text/html', linkingPage('/loop')],
  }
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    const [type, content] = documents[path] ?? []
    if (type === undefined) response.statusCode = 404
    else response.setHeader('Content-Type', type)
    response.end(content)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
