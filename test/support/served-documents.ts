/** What stands at addresses of others while a vector of the tamper catalogue is sent; nothing real. */
import { gzipSync } from 'node:zlib'
import type { OutboundAnswer, OutboundFault } from '../../src/application/ports/outbound.js'
import type { JsonObject } from '../../src/domain/json.js'
import { toDidDocument } from '../../src/domain/verification-method.js'
import { tokenKeys } from './hostile-tokens.js'
import { listDocument, served, signedList } from './sample-lists.js'
import { KEEPER, STRANGER } from './signing-keys.js'
import { type Change, type RawPart, rawBytes, tamper } from './tampering.js'
import { STRANGERS } from './tokens.js'

/** One document, by what it starts from; `change` is made before a list is signed. */
export type ServedDocument = {
  readonly type?: string
  readonly change?: readonly Change[]
} & (
  | { readonly fault: OutboundFault }
  | { readonly raw: readonly RawPart[] }
  /** A status list of the issuer of the sample badges. */
  | {
      readonly list: {
        readonly set?: readonly number[]
        readonly lengthBits?: number
        readonly signer?: 'keeper' | 'nobody'
        /** Bits that unfold to so many mebibytes. */
        readonly bombMib?: number
        /** Made after it is signed. */
        readonly changeSigned?: readonly Change[]
      }
    }
  /** The DID document of a controller with the key of the sample badges. */
  | { readonly did: string }
  /** The keys of the issuer of the tokens. */
  | { readonly tokenKeys: true }
  /** A key that somebody else put somewhere, as a JWK. */
  | { readonly strangersKey: true }
)

export async function answerWith(url: string, document: ServedDocument): Promise<OutboundAnswer> {
  if ('fault' in document)
    return { kind: 'fault', fault: document.fault, sentence: 'It cannot be had.' }
  const { type } = document
  if ('raw' in document) return served(rawBytes(document.raw), type, url)
  if ('list' in document) return served(await listText(document), type, url)
  return served(tamper(published(document), document.change ?? []), type ?? 'application/json', url)
}

function published(document: { readonly did: string } | object): JsonObject {
  if ('did' in document) return didDocument(document.did)
  return 'strangersKey' in document ? STRANGERS.ES256.publicKeyJwk : tokenKeys()
}

function didDocument(controller: string): JsonObject {
  const id = `${controller}#${STRANGER.method.publicKeyMultibase}`
  return toDidDocument(controller, [{ ...STRANGER.method, id, controller }])
}

type ListChoice = Extract<ServedDocument, { list: unknown }>

async function listText({ list, change = [] }: ListChoice): Promise<string> {
  const { set, lengthBits, signer, bombMib, changeSigned = [] } = list
  const subject = bombMib === undefined ? {} : { encodedList: bomb(bombMib) }
  const choices = {
    ...(set === undefined ? {} : { set }),
    ...(lengthBits === undefined ? {} : { lengthBits }),
    subject,
  }
  const members = JSON.parse(tamper(listDocument(choices), change)) as JsonObject
  if (signer === 'nobody') return JSON.stringify(members)
  const signers = [signer === 'keeper' ? KEEPER : STRANGER]
  return tamper(await signedList({ members, signers }), changeSigned)
}

function bomb(mebibytes: number): string {
  const one = gzipSync(new Uint8Array(1024 * 1024))
  return `u${Buffer.concat(Array<Buffer>(mebibytes).fill(one)).toString('base64url')}`
}
