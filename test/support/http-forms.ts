/** Forms as browsers send them (RFC 7578), as bytes that a test can then spoil. */
import type { HttpRequest } from './http-service.js'

export const BROWSER_ACCEPT =
  'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8'

const BOUNDARY = '----WebKitFormBoundary7MA4YWxkTrZu0gW'

export type FormFields = {
  readonly url?: string
  readonly credential?: string
  readonly recipient?: string
  readonly file?: { readonly name: string; readonly bytes: string | Uint8Array }
}

/** The fields of the verify form; the ones that are not given are empty, as a browser sends them. */
export function verifyForm(fields: FormFields): HttpRequest {
  return formRequest(formBody(fields))
}

/** A POST of these bytes to `/verify`, with the boundary that `formBody` uses unless told. */
export function formRequest(
  body: string | Uint8Array,
  type = `multipart/form-data; boundary=${BOUNDARY}`,
): HttpRequest {
  const headers = { Accept: BROWSER_ACCEPT, 'Content-Type': type }
  return { method: 'POST', path: '/verify', headers, body }
}

export function formBody({ url = '', credential = '', recipient = '', file }: FormFields): Buffer {
  const field = (name: string, value: string) =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const fileHead = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${file?.name ?? ''}"\r\nContent-Type: application/octet-stream\r\n\r\n`
  return Buffer.concat([
    Buffer.from(field('url', url)),
    Buffer.from(fileHead),
    Buffer.from(file?.bytes ?? ''),
    Buffer.from('\r\n'),
    Buffer.from(field('recipient', recipient)),
    Buffer.from(field('credential', credential)),
    Buffer.from(`--${BOUNDARY}--\r\n`),
  ])
}
