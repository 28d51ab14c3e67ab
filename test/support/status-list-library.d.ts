/** Narrow declarations for an untyped package: only what the tests call. */

declare module '@digitalbazaar/vc-bitstring-status-list' {
  export class BitstringStatusList {
    constructor(options: { length: number })
    static decode(options: { encodedList: string }): Promise<BitstringStatusList>
    readonly length: number
    getStatus(index: number): boolean
    setStatus(index: number, status: boolean): void
    /** With the multibase prefix. */
    encode(): Promise<string>
  }
  /** `verified` says that the status was found, not that it is good: that is `results[].status`. */
  export function checkStatus(options: {
    credential: object
    suite: object | readonly object[]
    documentLoader: (url: string) => Promise<object>
    verifyMatchingIssuers?: boolean
  }): Promise<{
    verified: boolean
    error?: unknown
    results: readonly { readonly verified: boolean; readonly status?: boolean }[]
  }>
}
