/** Narrow declarations for untyped packages: only what the tests call. */

type MultikeyPair = {
  id: string
  controller: string
  export(options: { publicKey: true }): Promise<{ publicKeyMultibase: string }>
  signer(): object
}

declare module '@digitalbazaar/ecdsa-multikey' {
  export function generate(options: { curve: string }): Promise<MultikeyPair>
}

declare module '@digitalbazaar/ed25519-multikey' {
  export function generate(): Promise<MultikeyPair>
}

declare module '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite' {
  export const cryptosuite: Readonly<Record<string, unknown>>
}

declare module '@digitalbazaar/eddsa-jcs-2022-cryptosuite' {
  export function createSignCryptosuite(): Readonly<Record<string, unknown>>
  export function createVerifyCryptosuite(): Readonly<Record<string, unknown>>
}
