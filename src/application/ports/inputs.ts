/** What people bring to be checked: files, texts and addresses, in whatever form a badge has. */

/** The forms that are told apart. */
export type InputForm = 'json' | 'jwt' | 'png' | 'svg' | 'html' | 'qr' | 'url' | 'ob2'

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

export interface InputReader {
  /**
   * Recognises one input; never throws for what it says.
   * @param bytes at most 10 MiB
   * @param mediaType as it was named with them; the bytes decide, a page is believed to be one only by it
   */
  read(bytes: Uint8Array, mediaType?: string): Promise<FoundInput>
}
