/** How a report names what was brought. */
import { expect, it } from 'vitest'
import { describeInput } from '../../src/domain/input-form.js'

it.each([
  ['Not recognised', [], undefined],
  ['File in JSON', ['json'], 'json'],
  ['File in JSON with a credential as a token (VC-JWT)', ['json'], 'token'],
  ['Token (VC-JWT)', ['jwt'], 'token'],
  ['PNG picture', ['png'], undefined],
  ['Baked PNG picture with a credential in JSON', ['png'], 'json'],
  ['Baked SVG picture with a credential as a token (VC-JWT)', ['svg'], 'token'],
  ['QR code with a credential as a token (VC-JWT)', ['qr'], 'token'],
  ['QR code to a web page to a file in JSON', ['qr', 'html', 'json'], undefined],
  ['Link to a web page with a credential in JSON', ['url', 'html'], 'json'],
  ['Link to a baked PNG picture with a credential as a token (VC-JWT)', ['url', 'png'], 'token'],
  ['Link to a badge of Open Badges 2.0 or 1.0', ['url', 'ob2'], undefined],
] as const)('says “%s”', (words, forms, holds) => {
  expect(describeInput(forms, holds)).toBe(words)
})
