/** What cannot be checked, by stable rule, with the sentence that says what can be brought instead. */
import type { FoundInput } from '../../application/ports/inputs.js'
import type { InputForm } from '../../domain/input-form.js'

const WHAT_TO_BRING =
  'Bring the badge as its issuer gave it: a JSON file, a token, a PNG or SVG picture, a link or a QR code.'

export const INPUT_RULES = {
  empty: `Nothing was sent. ${WHAT_TO_BRING}`,
  'too-large': 'This is larger than 10 MiB, and no badge is that large.',
  'not-recognised': `This is nothing that a badge comes in. ${WHAT_TO_BRING}`,
  'pdf-later':
    'A PDF shows a badge but is not the badge itself. Bring the badge file, or the link or QR code printed on the page.',
  zip: 'This is a packed folder or an office document. Unpack it and bring the badge file itself.',
  'picture-kind':
    'Pictures of this kind cannot be read here. Bring the badge as PNG or SVG, or a photo of its QR code as PNG or JPEG.',
  'json-list': 'This is a list. Bring one badge at a time.',
  'malformed-jws':
    'This looks like a signed token but is not whole: a token is three parts with two dots between them. Copy all of it.',
  'sd-jwt':
    'This is a token that can hide parts of itself (SD-JWT), and those are not checked here.',
  'token-too-large': 'This token is larger than 1 MiB, and no badge is that large.',
  'address-malformed': 'This is not a whole web address. Copy all of it, from https:// to its end.',
  'address-too-long': 'This address has more than 2,048 characters, and no badge has one like it.',
  'several-credentials': 'This holds more than one badge. Bring one at a time.',
  'presentation-empty': 'This is a presentation without a badge in it. Bring the badge itself.',
  'presentation-nested': 'This is a presentation inside another. Bring the badge itself.',
  'image-too-large':
    'This picture is larger than a badge can be: 10 MiB as PNG or JPEG, 2 MiB as SVG.',
  'two-credentials':
    'The picture holds badges of two standards, so readers could disagree about which it is. Ask its issuer for one with a single badge.',
  'no-credential': `The picture holds no badge, only what it shows. Bring the original file: copies and screenshots lose the badge inside.`,
  'no-qr': `The picture holds no badge, and no QR code that can be read. Bring the original file (copies and screenshots lose the badge inside), or a sharp picture of the QR code alone.`,
  'qr-other': 'The QR code in this picture does not lead to a badge.',
  'qr-too-costly':
    'The picture holds no badge, and looking for a QR code in it took too long. Crop it to the QR code.',
  'pixels-too-many':
    'The picture holds no badge, and it is too large to look for a QR code: at most 4 million pixels. Crop it to the QR code.',
  'jpeg-broken': 'The picture is damaged: it cannot be unpacked.',
  'png-pixels': 'The picture is damaged: its pixels cannot be unpacked.',
  'page-without-badge':
    'This web page does not say where its badge is. Look for a download on the page, and bring that file.',
} as const

export type InputRule = keyof typeof INPUT_RULES

/** @param form what it was recognised as, when it was */
export function refuse(rule: InputRule, form?: InputForm): FoundInput {
  return { kind: 'refused', form, rule, detail: INPUT_RULES[rule] }
}
