/** did:web: a DID whose document lies on a web server (did:web method, W3C CCG). */

const START = 'did:web:'
const MAX_CHARS = 512

const AUTHORITY = /^([A-Za-z0-9.-]+)(?:%3[Aa]([1-9][0-9]{0,4}))?$/
const SEGMENT = /^(?:[\w.-]|%[0-9A-Fa-f]{2})+$/
/** What would lead to another folder or another address: slashes, marks, dots alone, controls. */
const FORBIDDEN_IN_SEGMENT = /[/\\?#%\u0000-\u0020\u007f]|^\.{1,2}$/

/**
 * Where the document of a `did:web` lies. Whether one may go there is for the way out to say.
 * @returns an https address; undefined when the text is no well-formed `did:web`
 */
export function didWebUrl(did: string): string | undefined {
  if (!did.startsWith(START) || did.length > MAX_CHARS) return undefined
  const [authority = '', ...path] = did.slice(START.length).split(':')
  const [, host, port] = AUTHORITY.exec(authority) ?? []
  if (host === undefined || !path.every(isSegment)) return undefined
  const folder = path.length === 0 ? '/.well-known' : `/${path.join('/')}`
  return `https://${host}${port === undefined ? '' : `:${port}`}${folder}/did.json`
}

function isSegment(segment: string): boolean {
  if (!SEGMENT.test(segment)) return false
  try {
    return !FORBIDDEN_IN_SEGMENT.test(decodeURIComponent(segment))
  } catch {
    return false
  }
}
