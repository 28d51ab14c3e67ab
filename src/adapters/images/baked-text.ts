/** What stands inside a baked picture: a credential in ASCII alone, whole in every decoder (OB 3.0 section 5.3). */

/** A compact JWS (RFC 7515 section 3.1). */
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/

/** Whether a credential is a VC-JWT, not JSON. */
export function isToken(credential: string): boolean {
  return TOKEN.test(credential)
}

/**
 * JSON with every character beyond ASCII, and every `>`, written as `\uXXXX`: no wrong text encoding
 * breaks its signature, and `]]>` cannot end a CDATA section. Both stand in strings only, so it is the
 * same JSON. A token comes back as it is.
 */
export function toBakedText(credential: string): string {
  return credential.replaceAll(/[\u007f-\uffff]|>/g, escapeUnit)
}

/**
 * The inverse: for what `toBakedText` wrote, the bytes that were signed; for what others wrote, the same
 * JSON. Text with half a surrogate pair stays as it is.
 */
export function fromBakedText(text: string): string {
  const plain = text.replaceAll(/\\(?:u([0-9a-fA-F]{4})|.)/gs, (whole, hex?: string) => {
    const unit = hex === undefined ? 0 : Number.parseInt(hex, 16)
    return unit === 0x3e || unit > 0x7e ? String.fromCharCode(unit) : whole
  })
  return isWellFormed(plain) ? plain : text
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text)
}
