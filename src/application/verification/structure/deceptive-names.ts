/** Names that can be made to look like others: letters of two alphabets in one word, marks that nobody sees. */
import { type JsonObject, member, pointerTo, textMember } from '../../../domain/json.js'

/** Alphabets of which some letters look like those of Latin. */
const LOOK_ALIKE = ['Cyrillic', 'Greek', 'Armenian', 'Cherokee', 'Coptic', 'Lisu'] as const
const OTHERS = LOOK_ALIKE.map((script) => `\\p{Script=${script}}`).join('')
const MIXED_WORD = new RegExp(
  `\\p{Script=Latin}[\\p{L}\\p{M}\\p{N}]*[${OTHERS}]|[${OTHERS}][\\p{L}\\p{M}\\p{N}]*\\p{Script=Latin}`,
  'u',
)
/** They turn the direction of writing, or take no room. Joiners do too, but some languages need them. */
const UNSEEN =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/u
const MAX_CHARS = 2000

/** @returns pointers of the names that a reader may take for another: of badge, achievement and issuer */
export function deceptiveNames(document: JsonObject): readonly string[] {
  const places = [
    ['', document],
    ['/issuer', member(document, 'issuer')],
    ['/credentialSubject/achievement', achievementOf(document)],
  ] as const
  return places
    .filter(([, node]) => isDeceptive(textMember(node, 'name') ?? ''))
    .map(([pointer]) => pointerTo(pointer, 'name'))
}

function achievementOf(document: JsonObject) {
  return member(member(document, 'credentialSubject'), 'achievement')
}

function isDeceptive(name: string): boolean {
  const text = name.slice(0, MAX_CHARS)
  return UNSEEN.test(text) || MIXED_WORD.test(text)
}
