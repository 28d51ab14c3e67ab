/** Reads an address before anything is looked up: one spelling, https, a public name, a known port. */
import { domainToUnicode } from 'node:url'
import { type Fault, fault } from './fault.js'

export type TargetRules = {
  /** Beside 443. */
  readonly ports: readonly number[]
  /** This service, e.g. `https://badges.example.org`, when it asks its own records instead. */
  readonly ownOrigin?: string
  /** Also http, and any port, of loopback hosts. */
  readonly isDevelopment: boolean
}

export type Target = {
  readonly kind: 'target'
  /** Without fragment, which is never sent. */
  readonly url: string
  /** Lower case; a name, or in development a loopback address without brackets. */
  readonly host: string
  readonly port: number
  readonly isSecure: boolean
  /** A host of this machine, in development. */
  readonly isLoopback: boolean
  /** Value of the `Host` header. */
  readonly authority: string
  /** Path and query. */
  readonly path: string
}

const MAX_LENGTH = 2048
const MAX_NAME_LENGTH = 253
/** The characters of RFC 3986. No parser drops, folds or converts any of them. */
const URI_TEXT = /^[\w\-.~:/?#[\]@!$&'()*+,;=%]+$/
const PARTS = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^#]*)/i
const AUTHORITY = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/
const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/
/** Where parsers begin to take a host for an IPv4 address in decimal, octal or hex. */
const NUMBER = /^(\d+|0x[0-9a-f]*)$/
/** Names that mean something else on each network. The check of what they resolve to comes on top. */
const LOCAL_SUFFIXES =
  /(^|\.)(localhost|localdomain|local|internal|intranet|private|corp|home|lan|home\.arpa|onion)$/
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

const MISSPELT = fault('url-not-allowed', 'The address is not spelt as web addresses are.')
const NOT_HTTPS = fault('url-not-allowed', 'Only addresses that start with https:// are looked at.')
const WITH_USER = fault('url-not-allowed', 'The address has a user name in it.')
const WRONG_PORT = fault('url-not-allowed', 'The address has a port that is not looked at.')
const TOO_LONG = fault('url-not-allowed', `The address is longer than ${MAX_LENGTH} characters.`)
const OWN = fault(
  'url-not-allowed',
  'The address is one of this service, which looks into its own records instead.',
)
const NUMERIC = fault('address-not-allowed', 'The address has a number in place of a name.')
const LOCAL = fault('address-not-allowed', 'The name in the address is not one of the public web.')

/**
 * @param text as it was found, RFC 3986; internationalised names in their ASCII form
 * @returns what to connect to, or why not; no name has been looked up
 */
export function readTarget(text: string, rules: TargetRules): Target | Fault {
  if (text.length > MAX_LENGTH) return TOO_LONG
  const [, scheme = '', authority = '', path = ''] = (URI_TEXT.test(text) && PARTS.exec(text)) || []
  if (scheme === '') return URI_TEXT.test(text) && /^[a-z]+:/i.test(text) ? NOT_HTTPS : MISSPELT
  if (authority.includes('@')) return WITH_USER
  const [, writtenHost = '', writtenPort] = AUTHORITY.exec(authority) ?? []
  const host = writtenHost.toLowerCase()
  const isLoopback = rules.isDevelopment && LOOPBACK_HOSTS.has(host)
  const isSecure = scheme.toLowerCase() === 'https'
  if (!isSecure && !(isLoopback && scheme.toLowerCase() === 'http')) return NOT_HTTPS
  const refusal = isLoopback ? undefined : hostFault(host)
  if (refusal !== undefined) return refusal
  const port = Number(writtenPort ?? (isSecure ? 443 : 80))
  const origin = `${isSecure ? 'https' : 'http'}://${host}${isUsual(port, isSecure) ? '' : `:${port}`}`
  if (!isSameToParser(origin, path)) return MISSPELT
  if (origin === rules.ownOrigin?.toLowerCase()) return OWN
  if (!isLoopback && port !== 443 && !rules.ports.includes(port)) return WRONG_PORT
  return {
    kind: 'target',
    url: `${origin}${path.startsWith('/') ? '' : '/'}${path}`,
    host: host.replaceAll(/[[\]]/g, ''),
    port,
    isSecure,
    isLoopback,
    authority: origin.slice(origin.indexOf('//') + 2),
    path: path.startsWith('/') ? path : `/${path}`,
  }
}

function isUsual(port: number, isSecure: boolean): boolean {
  return port === (isSecure ? 443 : 80)
}

/** Numbers before spelling, so that each refusal says what is wrong rather than that something is. */
function hostFault(host: string): Fault | undefined {
  if (host.startsWith('[')) return NUMERIC
  const labels = host.split('.')
  if (host.length > MAX_NAME_LENGTH || !labels.every((label) => LABEL.test(label))) return MISSPELT
  if (!isDecodable(host)) return MISSPELT
  if (NUMBER.test(labels.at(-1) ?? '')) return NUMERIC
  return labels.length < 2 || LOCAL_SUFFIXES.test(host) ? LOCAL : undefined
}

/** Some parsers let `xn--` labels pass that stand for nothing (RFC 3492); then they stay as they are. */
function isDecodable(host: string): boolean {
  const unicode = domainToUnicode(host)
  return unicode !== '' && !/(^|\.)xn--/.test(unicode)
}

/** The parser of the platform must see the same host and port in it; callers may use that one. */
function isSameToParser(origin: string, path: string): boolean {
  return URL.canParse(origin + path) && new URL(origin + path).origin === origin
}
