/** Whether a form was sent from a page of ours: asked of the browser, which pages of others cannot make lie. */
import type { Request } from 'express'
import { IssuerError } from '../../domain/issuer-error.js'

/**
 * `Sec-Fetch-Site` says it where it is sent (W3C Fetch Metadata), `Origin` elsewhere (RFC 6454). What has
 * neither is no browser; it still needs the key of the form.
 * @throws FORM_NOT_OURS
 */
export function assertFromOurPage(request: Request, baseUrl: string): void {
  const site = request.get('Sec-Fetch-Site')
  const origin = request.get('Origin')
  const isOurs =
    site === undefined ? origin === undefined || origin === baseUrl : site === 'same-origin'
  if (isOurs) return
  throw new IssuerError('FORM_NOT_OURS', 'Open the page here and send the form from there.')
}
