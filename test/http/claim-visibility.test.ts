/** What an earner chooses is what everyone sees, in every form; and nothing that she hides leaks. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Choice, choose, claimPath, openPage } from '../support/claims.js'
import { type BadgeAnswer, type HttpService, openHttpService } from '../support/http-service.js'

/** Words that stand nowhere else. */
const NAME = 'Zephyrine Quillfeather'
const INITIALS = 'Z. Q.'
const EMAIL = 'zephy.q@hidden-mailbox.example.org'
const ITEMS = [
  { name: 'Marmalade film', narrative: 'Twelve pupils filmed marmalade.', public: true },
  { name: 'Periwinkle diary', narrative: 'The periwinkle diary of one class.', public: true },
  { name: 'Tamarind note', narrative: 'The tamarind note of one pupil.', public: false },
]
const CLOSED = 2

const NAMES = ['shown', 'initials', 'hidden'] as const
const EVIDENCE: readonly (readonly number[])[] = [[], [0], [1], [0, 1]]
const BOOLEANS = [true, false] as const

/** Every choice with evidence that the document holds, or holds by its seals: 3 × 4 × 2 × 2 × 2. */
const MATRIX = NAMES.flatMap((name) =>
  EVIDENCE.flatMap((evidence) =>
    BOOLEANS.flatMap((listed) =>
      (['named', 'plain'] as const).flatMap((preview) =>
        BOOLEANS.map((isSigned) => ({ name, evidence, listed, preview, isSigned })),
      ),
    ),
  ),
)

let http: HttpService
const badges = new Map<boolean, BadgeAnswer>()
const links = new Map<boolean, string>()

beforeAll(async () => {
  http = await openHttpService()
  for (const isSigned of BOOLEANS) {
    const evidence = isSigned ? 'shown' : 'hidden'
    const badge = await http.badge({
      id: `signed-${isSigned}`,
      candidate: { name: NAME, email: EMAIL },
      evidence: ITEMS.map((item) => ({ kind: 'documentation', ...item })),
      consent: { name: 'hidden', evidence, listed: false },
    })
    badges.set(isSigned, badge)
    links.set(isSigned, await claimPath(http, badge.code))
  }
})
afterAll(() => http.close())

/** Saves with the link in hand, which gives the next one. */
async function save(isSigned: boolean, choice: Choice): Promise<BadgeAnswer> {
  const [badge, link] = [badges.get(isSigned), links.get(isSigned)]
  if (badge === undefined || link === undefined) throw new Error('no badge')
  const answer = await choose(http, link, choice)
  expect([answer.status, answer.headers.location]).toEqual([
    303,
    expect.stringMatching(/\/claim\/[0-9a-z]{52}\?saved$/),
  ])
  links.set(isSigned, new URL(answer.headers.location ?? '').pathname)
  return badge
}

/** Whatever an earner can choose, these are told to nobody. */
function expectSilent(text: string, allowed: readonly string[]): void {
  const words = [...NAME.split(' '), INITIALS, ...EMAIL.split('@')]
  const items = ITEMS.flatMap(({ name, narrative }) => [name, narrative])
  for (const word of [...words, ...items, 'marmalade', 'periwinkle', 'tamarind'])
    if (!allowed.some((one) => one.toLowerCase().includes(word.toLowerCase())))
      expect(text.toLowerCase()).not.toContain(word.toLowerCase())
}

const metaIn = (text: string, property: string) =>
  new RegExp(`<meta property="${property}" content="([^"]*)"`).exec(text)?.[1] ?? ''

describe('every choice', () => {
  it('is in the matrix', () => expect(MATRIX).toHaveLength(96))

  it.each(MATRIX)(
    'name $name, evidence $evidence, listed $listed, preview $preview, signed in clear $isSigned',
    async ({ isSigned, ...choice }) => {
      const badge = await save(isSigned, choice)
      const shownName = { shown: [NAME], initials: [INITIALS], hidden: [] }[choice.name]
      const work = choice.evidence.flatMap((at) => [
        ITEMS[at]?.name ?? '',
        ITEMS[at]?.narrative ?? '',
      ])
      const page = await openPage(http, new URL(badge.url).pathname)
      expect(page.status).toBe(200)
      for (const words of [...shownName, ...work]) expect(page.text).toContain(words)
      expectSilent(page.text, [...shownName, ...work])
      expectSilent(JSON.stringify(page.headers), [])
      expect(page.text).not.toContain('not yet claimed')

      const preview = ['og:title', 'og:description'].map((name) => metaIn(page.text, name)).join()
      expectSilent(preview, choice.preview === 'named' ? shownName : [])
      if (choice.preview === 'named')
        for (const words of shownName) expect(preview).toContain(words)
      expect(page.text.includes('content="noindex"')).toBe(!choice.listed)

      const isServed =
        choice.name === 'shown' && (!isSigned || [0, 1].every((at) => choice.evidence.includes(at)))
      for (const form of ['.json', '.jwt', '.png', '.svg']) {
        const answer = await http.send({ path: `/badges/${badge.code}${form}` })
        expect([form, answer.status]).toEqual([form, isServed ? 200 : 403])
        if (!isServed) expectSilent(answer.bytes.toString('latin1'), [])
      }
      const json = await http.send({ path: `/badges/${badge.code}.json` })
      if (isServed) expectSilent(json.text, [NAME, ...(isSigned ? work : [])])
      for (const qr of ['svg', 'png'])
        expectSilent((await http.send({ path: `/badges/${badge.code}/qr.${qr}` })).text, [])
    },
  )
})

describe('what the reviewers keep closed', () => {
  it('cannot be chosen, whatever is sent', async () => {
    const link = links.get(false) ?? ''
    const before = http.digest()
    const choice = { name: 'shown', evidence: [CLOSED], listed: false, preview: 'named' }
    expect((await choose(http, link, choice)).status).toBe(422)
    expect(http.digest()).toBe(before)
    expect((await openPage(http, link)).text).toContain('stays closed')
  })
})

describe('work that is shown beside its seal', () => {
  it('comes with the text whose SHA-256 stands in the signed document', async () => {
    const badge = await save(false, {
      name: 'shown',
      evidence: [1],
      listed: false,
      preview: 'named',
    })
    const { text } = await openPage(http, new URL(badge.url).pathname)
    const [, sealed, raw] =
      /base64url: <code class="identifier">([^<]+)<\/code>.*?<code class="identifier">([^<]+)</s.exec(
        text,
      ) ?? []
    const sealText = (raw ?? '').replaceAll('&quot;', '"')
    expect(JSON.parse(sealText)).toMatchObject({ name: 'Periwinkle diary' })
    expect(http.service.issuing.hasher.sha256Base64Url(sealText)).toBe(sealed)
    const json = await http.send({ path: `/badges/${badge.code}.json` })
    expect(json.text).toContain(sealed)
  })
})
