/** The verify form: multipart/form-data, the only way to upload a file without script. */
import { setImmediate as breathe } from 'node:timers/promises'
import { Busboy, type BusboyInstance } from '@fastify/busboy'
import { IssuerError } from '../../domain/issuer-error.js'

export type VerifyForm = {
  readonly credential: string
  readonly url: string
  /** Whom the badge should belong to; empty when nobody is asked about. */
  readonly recipient: string
  /** Bytes of the chosen file; empty when none was chosen. */
  readonly file: Uint8Array
}

/** Room in a form for its other fields and the lines between the parts. */
export const FORM_EXTRA_BYTES = 64 * 1024
/** The parser runs on what it is given at a stretch; others get their turn between two pieces. */
const PIECE_BYTES = 8 * 1024

/** The most bytes that the file and each of the other fields may have. */
export type FormLimits = { readonly fileBytes: number; readonly fieldBytes: number }

/**
 * Reads a multipart/form-data body. `contentType` is the header with its boundary.
 * @throws MEDIA_TYPE_UNSUPPORTED, BODY_TOO_LARGE, REQUEST_MALFORMED
 */
export async function readVerifyForm(
  contentType: string,
  body: Uint8Array,
  limits: FormLimits,
): Promise<VerifyForm> {
  if (!/;\s*boundary=/i.test(contentType)) {
    throw new IssuerError('MEDIA_TYPE_UNSUPPORTED', 'Send the form with its boundary.')
  }
  const form = new FormReader(contentType, limits)
  for (let at = 0; at < body.length && form.isOpen; at += PIECE_BYTES) {
    form.write(Buffer.from(body.subarray(at, at + PIECE_BYTES)))
    await breathe()
  }
  return form.end()
}

/** The parser with what it found; it ends with its first fault. */
class FormReader {
  readonly #parser: BusboyInstance
  readonly #fields = new Map<string, string>()
  readonly #file: Buffer[] = []
  readonly #finished: Promise<void>
  #fault: IssuerError | undefined

  constructor(type: string, limits: FormLimits) {
    this.#parser = openParser(type, limits)
    this.#parser.on('field', (name, value, _cut, isCut) => {
      if (isCut) this.#fail(tooLarge(limits.fieldBytes))
      this.#fields.set(name, value)
    })
    this.#parser.on('file', (_name, stream) => {
      stream.on('data', (chunk: Buffer) => this.#file.push(chunk))
      stream.on('limit', () => this.#fail(tooLarge(limits.fileBytes)))
      stream.on('error', (cause: unknown) => this.#fail(malformed(cause)))
    })
    for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
      this.#parser.on(limit, () => this.#fail(malformed(new Error(limit))))
    }
    this.#finished = new Promise((resolve) => {
      this.#parser.on('finish', resolve)
      this.#parser.on('error', (cause: unknown) => {
        this.#fail(malformed(cause))
        resolve()
      })
    })
  }

  get isOpen(): boolean {
    return this.#fault === undefined
  }

  write(piece: Buffer): void {
    this.#parser.write(piece)
  }

  async end(): Promise<VerifyForm> {
    if (this.#fault === undefined) {
      this.#parser.end()
      await this.#finished
    }
    if (this.#fault !== undefined) throw this.#fault
    return {
      credential: this.#fields.get('credential') ?? '',
      url: this.#fields.get('url') ?? '',
      recipient: this.#fields.get('recipient') ?? '',
      file: Buffer.concat(this.#file),
    }
  }

  #fail(error: IssuerError): void {
    this.#fault ??= error
  }
}

function openParser(type: string, limits: FormLimits): BusboyInstance {
  try {
    return new Busboy({
      headers: { 'content-type': type },
      limits: {
        fields: 4,
        files: 1,
        parts: 6,
        fileSize: limits.fileBytes,
        fieldSize: limits.fieldBytes,
        fieldNameSize: 50,
      },
    })
  } catch (cause) {
    throw malformed(cause)
  }
}

function malformed(cause: unknown): IssuerError {
  return new IssuerError('REQUEST_MALFORMED', 'The form cannot be read.', { cause })
}

function tooLarge(maxBytes: number): IssuerError {
  return new IssuerError('BODY_TOO_LARGE', `At most ${maxBytes} bytes can be checked.`)
}
