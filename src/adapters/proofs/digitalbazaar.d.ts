/** Narrow declarations for untyped packages: only what we call. */

declare module '@digitalbazaar/vc' {
  export function issue(options: {
    credential: object
    suite: object
    documentLoader: (url: string) => Promise<object>
    now?: Date
    maxClockSkew?: number
  }): Promise<Record<string, unknown>>
  export function verifyCredential(options: {
    credential: object
    suite: object | readonly object[]
    documentLoader: (url: string) => Promise<object>
    checkStatus?: (options: object) => Promise<{ verified: boolean }>
    now?: Date
  }): Promise<{ verified: boolean; error?: unknown; results?: readonly unknown[] }>
}

declare module '@digitalbazaar/data-integrity' {
  export class DataIntegrityProof {
    constructor(options: {
      cryptosuite: object
      signer?: object
      date?: string
      legacyContext?: boolean
    })
  }
}

declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: Readonly<Record<string, unknown>>
}

declare module '@digitalbazaar/ed25519-signature-2020' {
  export class Ed25519Signature2020 {
    constructor(options?: { signer?: object; date?: string })
    canonize(input: object, options: object): Promise<string>
  }
}

declare module 'jsonld-signatures' {
  type Result = {
    verified: boolean
    results?: readonly { verified: boolean; error?: unknown }[]
    error?: unknown
  }
  type Options = {
    suite: object
    purpose: object
    documentLoader: (url: string) => Promise<object>
  }
  const jsigs: {
    purposes: { AssertionProofPurpose: new (options?: { controller?: object }) => object }
    verify(document: object, options: Options): Promise<Result>
    sign(document: object, options: Options): Promise<object>
    derive(document: object, options: Options): Promise<object>
  }
  export default jsigs
}

declare module 'jsonld' {
  const jsonld: {
    toRDF(input: object, options: object): Promise<object[]>
    compact(input: object, context: object, options: object): Promise<Record<string, unknown>>
    processContext(active: object | null, local: object | null, options: object): Promise<object>
  }
  export default jsonld
}

declare module 'rdf-canonize' {
  export function canonize(dataset: object, options: object): Promise<string>
}

declare module 'base58-universal' {
  export function encode(bytes: Uint8Array): string
  export function decode(text: string): Uint8Array
}

declare module '@digitalbazaar/ecdsa-sd-2023-cryptosuite' {
  export function createVerifyCryptosuite(): Readonly<Record<string, unknown>>
  export function createSignCryptosuite(options?: {
    mandatoryPointers?: readonly string[]
  }): Readonly<Record<string, unknown>>
  export function createDiscloseCryptosuite(options: {
    selectivePointers: readonly string[]
  }): Readonly<Record<string, unknown>>
}
