/** Lists and entries that were made to mislead or to cost: none of them ever lets a badge pass. */
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../src/domain/json.js'
import type { Check } from '../../src/domain/verification-report.js'
import {
  encodeBits,
  LIST_URL,
  type ListChoices,
  listDocument,
  served,
  signedList,
} from '../support/sample-lists.js'
import { KEEPER, STRANGER } from '../support/signing-keys.js'
import { faulty, judgeStatus, listEntry, open, stands } from '../support/status-entries.js'
import { SIGNERS, tokenOf } from '../support/tokens.js'

const AT = '/credentialStatus'

async function judge(status: JsonValue, choices: ListChoices = {}): Promise<Check> {
  const { check } = await judgeStatus(status, { [LIST_URL]: served(await signedList(choices)) })
  return check
}

describe('a place in the list', () => {
  it.each<[JsonValue]>([
    ['-1'],
    ['9007199254740992'],
    ['99999999999999999999999999'],
    ['007'],
    ['43.0'],
    ['1e3'],
    ['0x2b'],
    ['43abc'],
    [' 43'],
    ['٤٣'],
    [''],
    [-1],
    [43.5],
    [9_007_199_254_740_991],
    [['43']],
    [{ value: '43' }],
    [true],
  ])('that is no decimal number fails, and nothing is fetched: %j', async (statusListIndex) => {
    const { check, asked } = await judgeStatus(listEntry({ statusListIndex }), {})
    expect(check).toEqual(
      faulty(
        'Its place in the status list is not a number of that list.',
        `status-range ${AT}/statusListIndex`,
      ),
    )
    expect(asked).toEqual([])
  })

  it('must be given', async () => {
    const { statusListIndex: _left, ...entry } = listEntry()
    expect((await judgeStatus(entry, {})).check.problems[0]?.code).toBe('status-range')
  })

  it.each(['131072', '4294967296', '9999999999'])('beyond its end fails: %s', async (place) => {
    expect(await judge(listEntry({ statusListIndex: place }))).toEqual(
      faulty(
        'Its place in the status list is beyond the end of that list.',
        `status-range ${AT}/statusListIndex`,
      ),
    )
  })

  it('written as a whole number is read, and named', async () => {
    const entry = listEntry({ statusListIndex: 43 })
    const note = 'Its place in the list is written as a number, where the standard wants text.'
    expect(await judge(entry)).toEqual(
      stands(` ${note}`, `status-index-number ${AT}/statusListIndex`),
    )
    expect((await judge(entry, { set: [43] })).outcome).toBe('failed')
  })
})

describe('the bits of a list', () => {
  const encoded = (encodedList: JsonValue) => judge(listEntry(), { subject: { encodedList } })
  const unread = open(
    'Its status list is not packed as the standard asks, so nothing can be read in it.',
    `status-list-encoding ${AT}`,
  )
  const good = encodeBits(new Uint8Array(16_384))

  it('that are too few fail', async () => {
    const tooFew = faulty(
      'Its status list has fewer than the 131,072 places that the standard asks for.',
      `status-list-length ${AT}`,
    )
    expect(await judge(listEntry(), { lengthBits: 131_064 })).toEqual(tooFew)
    expect(await judge(listEntry({ statusListIndex: '3' }), { lengthBits: 8 })).toEqual(tooFew)
    expect(await encoded(encodeBits(new Uint8Array()))).toEqual(tooFew)
  })

  it.each([16, 17, 1024])('that unfold to %i MiB are read only as far as 16', async (mebibytes) => {
    const mebibyte = gzipSync(new Uint8Array(1024 * 1024))
    const members = Array.from({ length: mebibytes }, () => mebibyte)
    const bomb = `u${Buffer.concat(members).toString('base64url')}`
    const before = process.memoryUsage().arrayBuffers
    const begun = performance.now()
    const check = await encoded(bomb)
    const tookMs = performance.now() - begun
    expect(check).toEqual(
      mebibytes === 16
        ? stands()
        : open('Its status list unpacks to more than is read here.', `status-list-too-large ${AT}`),
    )
    expect(tookMs).toBeLessThan(1500)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40 * 1024 * 1024)
  })

  it.each<[string, JsonValue]>([
    ['cut off', good.slice(0, -12)],
    ['of another packing', `u${Buffer.from('not gzip at all').toString('base64url')}`],
    ['with a wrong checksum', `u${withWrongChecksum()}`],
    ['without their prefix', good.slice(1)],
    ['of another base', `z${good.slice(1)}`],
    ['in the other alphabet', `u+/${good.slice(3)}`],
    ['with padding', `${good}==`],
    ['with blanks', `${good.slice(0, 20)} ${good.slice(20)}`],
    ['empty', ''],
    ['in a list', [good]],
    ['as a number', 7],
  ])('that are %s leave it open', async (_, encodedList) => {
    expect(await encoded(encodedList)).toEqual(unread)
  })

  function withWrongChecksum(): string {
    const bytes = gzipSync(new Uint8Array(16_384))
    bytes.writeUInt32LE(7, bytes.length - 8)
    return bytes.toString('base64url')
  }
})

describe('another list than the one that is meant', () => {
  it.each<[string, ListChoices, Check]>([
    [
      'for another purpose',
      { subject: { statusPurpose: 'suspension' } },
      open('The list that it names is kept for another purpose.', `status-list-purpose ${AT}`),
    ],
    [
      'that is no list of statuses',
      { members: { type: ['VerifiableCredential'] } },
      open('What stands at the address of its list is no such list.', `status-list-type ${AT}`),
    ],
    [
      'with a status of its own',
      { members: { credentialStatus: listEntry() } },
      open('Its list could be withdrawn itself; that is not followed.', `status-list-nested ${AT}`),
    ],
  ])('%s says nothing, whatever its bits are', async (_, choices, expected) => {
    expect(await judge(listEntry(), choices)).toEqual(expected)
    expect(await judge(listEntry(), { ...choices, set: [43] })).toEqual(expected)
  })

  it('of another id counts against the badge, when it is its issuer’s, and never for it', async () => {
    const members = { id: 'https://lists.example.org/status/2' }
    const other = open(
      'What stands at the address of its list is another list.',
      `status-list-id ${AT}`,
    )
    expect(await judge(listEntry(), { members })).toEqual(other)
    const against = await judge(listEntry(), { members, set: [43] })
    expect([against.outcome, ...against.problems.map(({ code }) => code)]).toEqual([
      'failed',
      'revoked',
      'status-list-id',
    ])
    const strangers = {
      members: { ...members, issuer: KEEPER.method.controller },
      signers: [KEEPER],
    }
    expect(await judge(listEntry(), { ...strangers, set: [43] })).toEqual(other)
  })

  it('with a status of its own is not followed to the next', async () => {
    const nested = await signedList({
      members: { credentialStatus: listEntry({ statusListCredential: 'https://x.example.org/3' }) },
    })
    const { asked } = await judgeStatus(listEntry(), { [LIST_URL]: served(nested) })
    expect(asked).toEqual([{ url: LIST_URL, purpose: 'status' }])
  })

  it('of the older kind is none for an entry of the newer', async () => {
    expect((await judge(listEntry({ type: 'StatusList2021Entry' }))).problems).toEqual([
      {
        code: 'status-list-type',
        type: 'https://www.w3.org/ns/credentials/status-list#STATUS_VERIFICATION_ERROR',
        pointer: AT,
      },
    ])
  })
})

describe('a list that nobody stands behind', () => {
  const outcomeOf = async (bytes: Parameters<typeof served>[0], mediaType?: string) => {
    const { check } = await judgeStatus(listEntry(), { [LIST_URL]: served(bytes, mediaType) })
    return [check.outcome, ...check.problems.map(({ code }) => code), check.sentence].join(' ')
  }

  it('is one without a signature', async () => {
    expect(await outcomeOf(listDocument())).toBe(
      'unknown status-list-refused The list cannot be read safely: The credential is not signed.',
    )
  })

  it('is one that was changed', async () => {
    const list = await signedList({ set: [43] })
    const { credentialSubject } = listDocument()
    expect(await outcomeOf({ ...list, credentialSubject: credentialSubject ?? '' })).toBe(
      'unknown status-list-signature The list is not soundly signed: The content is not what was signed, or it was signed with another key.',
    )
  })

  it('is one signed by somebody else than it says', async () => {
    const keeper = KEEPER.method.controller
    expect(await outcomeOf(await signedList({ members: { issuer: keeper } }))).toBe(
      `unknown status-list-signature The list is not soundly signed: None of its signatures is by a key that ${keeper} publishes.`,
    )
  })

  it('is one whose keys are not at hand', async () => {
    const issuer = 'https://keeper.example.org/'
    const method = { ...STRANGER.method, id: `${issuer}#key`, controller: issuer }
    const list = await signedList({ members: { issuer }, signers: [{ ...STRANGER, method }] })
    expect(await outcomeOf(list)).toMatch(/^unknown status-list-signature /)
  })

  it.each([
    ['a page', '<!doctype html><title>Not found</title>', 'text/html'],
    ['an empty answer', '', 'application/vc'],
    ['another document', '{"vc": true}', 'application/json'],
    ['two members of one name', '{"id": "x", "id": "y"}', 'application/json'],
  ])('is %s', async (_, text, mediaType) => {
    expect(await outcomeOf(text, mediaType)).toMatch(/^unknown status-list-refused /)
  })

  it('is one with words of its own', async () => {
    const { '@context': contexts, ...list } = await signedList()
    const own = { '@context': [contexts, 'https://lists.example.org/context'].flat(), ...list }
    expect(await outcomeOf(own as never)).toMatch(/^unknown status-list-refused /)
  })

  it('is a token that nobody signed', async () => {
    expect(await outcomeOf('x', 'application/vc+jwt')).toMatch(/^unknown status-list-refused /)
    const unsigned = 'eyJhbGciOiJFUzI1NiJ9.e30.c2ln\n'
    expect(await outcomeOf(unsigned, 'text/plain')).toMatch(/^unknown status-list-refused /)
    const [header, payload] = listToken(listDocument()).split('.')
    expect(await outcomeOf(`${header}.${payload}.${'A'.repeat(86)}`)).toMatch(
      /^unknown status-list-signature /,
    )
  })
})

describe('a list as a token', () => {
  it.each(['application/vc+jwt', 'application/jwt', 'text/plain'])(
    'counts, as %s',
    async (type) => {
      for (const set of [[], [43]]) {
        const token = listToken(listDocument({ set, members: { issuer: TOKEN_ISSUER } }))
        const { check } = await judgeStatus(listEntry(), { [LIST_URL]: served(token, type) })
        const codes = check.problems.map(({ code }) => code)
        expect([check.outcome, ...codes]).toEqual(
          set.length === 0
            ? ['passed', 'status-list-signer']
            : ['failed', 'revoked', 'status-list-signer'],
        )
      }
    },
  )
})

const TOKEN_ISSUER = `did:key:${SIGNERS.ES256.multikey}`

function listToken(list: JsonObject): string {
  const kid = `${TOKEN_ISSUER}#${SIGNERS.ES256.multikey}`
  return tokenOf(SIGNERS.ES256, { kid, typ: 'vc+jwt' }, list)
}

describe('an entry of another form', () => {
  it.each<[JsonValue]>([
    ['https://lists.example.org/status/1'],
    [{}],
    [{ type: 'BitstringStatusListEntry' }],
    [[]],
    [listEntry({ statusPurpose: ['revocation'] })],
    [listEntry({ statusListCredential: [LIST_URL] })],
  ])('is left open: %j', async (status) => {
    const { check, asked } = await judgeStatus(status, {})
    const { problems, outcome } = check
    expect([outcome, ...problems.map(({ code }) => code)]).toEqual([
      'unknown',
      'status-unverifiable',
    ])
    expect(asked).toEqual([])
  })

  it('is not skipped because its type stands in a list', async () => {
    const status = listEntry({ type: ['BitstringStatusListEntry'] })
    expect((await judge(status, { set: [43] })).outcome).toBe('failed')
    const several = listEntry({ type: ['BitstringStatusListEntry', 'Other'] })
    expect((await judge(several)).outcome).toBe('unknown')
  })
})

describe('a list of two mebibytes', () => {
  it('is read within the time that there is for one badge', async () => {
    const noise = Array.from({ length: 24_400 }, (_, block) =>
      createHash('sha512').update(String(block)).digest(),
    )
    const encodedList = encodeBits(Buffer.concat(noise))
    const list = await signedList({ subject: { encodedList } })
    expect(encodedList.length).toBeGreaterThan(2_050_000)
    const answer = served(list)
    const begun = performance.now()
    const { check } = await judgeStatus(listEntry(), { [LIST_URL]: answer })
    expect(['passed', 'failed']).toContain(check.outcome)
    expect(performance.now() - begun).toBeLessThan(1500)
  })
})
