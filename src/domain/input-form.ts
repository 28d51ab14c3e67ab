/** The forms in which people bring badges to be checked. */
export type InputForm = 'json' | 'jwt' | 'png' | 'svg' | 'html' | 'qr' | 'url' | 'ob2'

const WORDS: Readonly<Record<InputForm, string>> = {
  json: 'JSON',
  jwt: 'token (VC-JWT)',
  png: 'PNG picture',
  svg: 'SVG picture',
  html: 'web page',
  qr: 'QR code',
  url: 'link',
  ob2: 'Open Badges 2.0',
}

/** “QR code, web page, JSON”: what was recognised, outermost first. */
export function describeInput(forms: readonly InputForm[]): string {
  const words = forms.map((form) => WORDS[form])
  const text = words.join(', ')
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}
