/** What people bring to be checked: files, texts and addresses, in whatever form a badge has. */

import type { InputForm } from '../../domain/input-form.js'

/** What was found in an input. */
export type FoundInput =
  /** A credential in JSON: its bytes as they stood there. */
  | { readonly kind: 'json'; readonly form: InputForm; readonly bytes: Uint8Array }
  /** A compact JWS, still unread. */
  | { readonly kind: 'token'; readonly form: InputForm; readonly token: string }
  /** It only points to where the badge is: a link, a QR code, a page that links to one. */
  | { readonly kind: 'address'; readonly form: InputForm; readonly url: string }
  /** An Open Badges 2.0 assertion: recognised, explained, not verified. */
  | { readonly kind: 'older-standard'; readonly form: InputForm; readonly detail: string }
  /** Nothing that can be checked, or broken, or beyond a limit; `rule` is stable. */
  | {
      readonly kind: 'refused'
      readonly form: InputForm | undefined
      readonly rule: string
      readonly detail: string
    }

/** An input as far as it was read: what was recognised, outermost first, and what the last of it is. */
export type ReadInput = { readonly forms: readonly InputForm[]; readonly found: FoundInput }

export interface InputReader {
  /**
   * Recognises one input; never throws for what it says.
   * @param bytes at most 10 MiB
   * @param from what is known when it came from an address; the bytes decide, a page is believed to be
   *   one only by its media type, and its links are relative to its address
   */
  read(
    bytes: Uint8Array,
    from?: { readonly mediaType: string; readonly url: string },
  ): Promise<FoundInput>
}
