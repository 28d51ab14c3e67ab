/** The forms in which people bring badges to be checked. */
export type InputForm = 'json' | 'jwt' | 'png' | 'svg' | 'html' | 'qr' | 'url' | 'ob2'

const WORDS: Readonly<Record<InputForm, string>> = {
  json: 'file in JSON',
  jwt: 'token (VC-JWT)',
  png: 'PNG picture',
  svg: 'SVG picture',
  html: 'web page',
  qr: 'QR code',
  url: 'link',
  ob2: 'badge of Open Badges 2.0 or 1.0',
}

const HELD = { json: 'a credential in JSON', token: 'a credential as a token (VC-JWT)' } as const

/**
 * “Link to a baked PNG picture with a credential in JSON”: the first line of a report.
 * @param forms what was recognised, outermost first; each but the last only leads to the next
 * @param holds what the last of them holds, when it holds a credential
 */
export function describeInput(forms: readonly InputForm[], holds?: keyof typeof HELD): string {
  const last = forms.at(-1)
  if (last === undefined) return 'Not recognised'
  const before = forms.slice(0, -1).map((form) => `${WORDS[form]} to a `)
  const text = before.join('') + describeLast(last, holds)
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}

function describeLast(form: InputForm, holds: keyof typeof HELD | undefined): string {
  if (holds === undefined) return WORDS[form]
  if (form === 'jwt' || (form === 'json' && holds === 'json')) return WORDS[form]
  const baked = form === 'png' || form === 'svg' ? 'baked ' : ''
  return `${baked}${WORDS[form]} with ${HELD[holds]}`
}

/**
 * Rules for inputs that say nothing against a badge: there may be a good one, only not within reach, or in
 * a form or size that is not read here. The verdict is then *unknown*.
 */
const OPEN_RULES: ReadonlySet<string> = new Set([
  'too-large',
  'pdf-later',
  'zip',
  'picture-kind',
  'sd-jwt',
  'token-too-large',
  'address-malformed',
  'address-too-long',
  'several-credentials',
  'presentation-nested',
  'image-too-large',
  'qr-too-costly',
  'pixels-too-many',
  'page-without-badge',
  'text-too-large',
  'too-many-elements',
  'too-many-attributes',
  'too-deep',
  'doctype',
  'unsafe-svg',
])

/** Whether an input that this rule refused may lead to a good badge all the same. */
export function leavesOpen(rule: string): boolean {
  return OPEN_RULES.has(rule)
}
