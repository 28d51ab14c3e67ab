/** Headers on every answer; tested per route. */
import type { RequestHandler, Response } from 'express'
import helmet from 'helmet'

/** Pages need our style sheet, fonts, pictures and forms; nothing else, from nowhere else. */
export function securityHeaders(isHttps: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: isHttps ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  })
}

/** The policy of a picture that is opened on its own: it runs nothing and loads nothing. */
export const PICTURE_ONLY = "default-src 'none'; sandbox"

/** What no page of ours asks of a browser. */
export const noPermissions: RequestHandler = (_request, response, next) => {
  response.set('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
  next()
}

/** Documents that verifiers in other people's browsers must be able to read. */
export const openToAll: RequestHandler = (_request, response, next) => {
  openUp(response)
  next()
}

/** The same where one address serves pages and documents: pages stay closed. */
export function openUp(response: Response): Response {
  return response
    .set('Access-Control-Allow-Origin', '*')
    .set('Cross-Origin-Resource-Policy', 'cross-origin')
}
