/** The verify form: multipart/form-data, the only way to upload a file without script. */
import { Busboy, type BusboyInstance } from '@fastify/busboy'
import type { Request } from 'express'
import { IssuerError } from '../../domain/issuer-error.js'

export type VerifyForm = {
  readonly credential: string
  readonly url: string
  /** Bytes of the chosen file; empty when none was chosen. */
  readonly file: Uint8Array
}

/**
 * Reads the form within limits.
 * @throws MEDIA_TYPE_UNSUPPORTED, BODY_TOO_LARGE, REQUEST_MALFORMED
 */
export function readVerifyForm(request: Request, maxBytes: number): Promise<VerifyForm> {
  const type = request.get('Content-Type') ?? ''
  if (!/^multipart\/form-data;/i.test(type)) {
    throw new IssuerError('MEDIA_TYPE_UNSUPPORTED', 'Send the form as multipart/form-data.')
  }
  return new Promise((resolve, reject) => {
    const fields = new Map<string, string>()
    const chunks: Buffer[] = []
    const fail = (error: IssuerError) => {
      request.unpipe()
      request.resume()
      reject(error)
    }
    const malformed = (cause: unknown) =>
      fail(new IssuerError('REQUEST_MALFORMED', 'The form cannot be read.', { cause }))
    const parser = openParser(type, maxBytes, malformed)
    if (parser === undefined) return
    parser.on('field', (name, value, _cut, isCut) => {
      if (isCut) fail(tooLarge(maxBytes))
      fields.set(name, value)
    })
    parser.on('file', (_name, stream) => {
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('limit', () => fail(tooLarge(maxBytes)))
      stream.on('error', malformed)
    })
    parser.on('error', malformed)
    parser.on('finish', () =>
      resolve({
        credential: fields.get('credential') ?? '',
        url: fields.get('url') ?? '',
        file: Buffer.concat(chunks),
      }),
    )
    request.on('aborted', () => malformed(new Error('aborted')))
    request.pipe(parser)
  })
}

function openParser(
  type: string,
  maxBytes: number,
  malformed: (cause: unknown) => void,
): BusboyInstance | undefined {
  try {
    return new Busboy({
      headers: { 'content-type': type },
      limits: {
        fields: 4,
        files: 1,
        parts: 6,
        fileSize: maxBytes,
        fieldSize: maxBytes,
        fieldNameSize: 50,
      },
    })
  } catch (cause) {
    malformed(cause)
    return undefined
  }
}

function tooLarge(maxBytes: number): IssuerError {
  return new IssuerError('BODY_TOO_LARGE', `At most ${maxBytes} bytes can be checked.`)
}
