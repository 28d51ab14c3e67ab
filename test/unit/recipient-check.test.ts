/** Whose badge it is: every form of identity, every spelling, and nothing repeated. */
import { describe, expect, it } from 'vitest'
import { systemHasher } from '../../src/adapters/system/environment.js'
import type { Hasher } from '../../src/application/ports/environment.js'
import { checkRecipient } from '../../src/application/verification/recipient-check.js'
import type { JsonObject } from '../../src/domain/json.js'

const LOWER = 'b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399'
const OTHER = '658625b25ab3d75d613ca97d9a5a77f70e2192feca5557f4ad09a4d4f121f5fc'
/** MD5 of `a@example.comKosher`. */
const MD5 = systemHasher.md5Hex('a@example.comKosher')

const hashed = (identityHash: string, salt?: string, identityType = 'emailAddress') => ({
  type: 'IdentityObject',
  hashed: true,
  identityHash,
  identityType,
  ...(salt === undefined ? {} : { salt }),
})
const plain = (identityHash: string, identityType: string) => ({
  type: 'IdentityObject',
  hashed: false,
  identityHash,
  identityType,
})
const badge = (identifier: readonly JsonObject[], id?: string): JsonObject => ({
  credentialSubject: { ...(id === undefined ? {} : { id }), identifier },
})
const outcome = (document: JsonObject, typed?: string, isProven = true) => {
  const check = checkRecipient(document, typed, systemHasher, isProven)
  if (typed !== undefined && typed.trim().length > 2)
    expect(JSON.stringify(check)).not.toContain(typed.trim())
  return check.problems[0]?.code ?? check.outcome
}
const MISMATCH = 'recipient-mismatch'
const APART = 'recipient-not-comparable'

describe('an e-mail address', () => {
  const kosher = badge([hashed(`sha256$${LOWER}`, 'Kosher')])

  it.each([
    ['of the standard’s example', kosher, 'a@example.com', 'passed'],
    [
      'of its other example',
      badge([hashed(`sha256$${OTHER}`, 'FleurDeSel')]),
      'jjefferson18@example.com',
      'passed',
    ],
    ['with blanks around it', kosher, '  a@example.com\n', 'passed'],
    ['in capitals', kosher, 'A@Example.COM', 'passed'],
    ['as mailto', kosher, 'mailto:a@example.com', 'passed'],
    ['of somebody else', kosher, 'b@example.com', MISMATCH],
    [
      'with part of the salt',
      badge([hashed(`sha256$${LOWER}`, 'osher')]),
      'a@example.comK',
      'passed',
    ],
    [
      'when the hash is in capitals',
      badge([hashed(`sha256$${LOWER.toUpperCase()}`, 'Kosher')]),
      'a@example.com',
      'passed',
    ],
    ['when the hash is MD5', badge([hashed(`md5$${MD5}`, 'Kosher')]), 'a@example.com', 'passed'],
    [
      'when the hash is MD5 in capitals',
      badge([hashed(`md5$${MD5.toUpperCase()}`, 'Kosher')]),
      'a@example.com',
      'passed',
    ],
    ['without the salt', badge([hashed(`sha256$${LOWER}`)]), 'a@example.com', MISMATCH],
    [
      'without any salt in the badge',
      badge([hashed(`sha256$${systemHasher.sha256Hex('a@example.com')}`)]),
      'a@example.com',
      'passed',
    ],
    [
      'that was hashed with its capitals',
      badge([hashed(`sha256$${systemHasher.sha256Hex('Ana@Example.com')}`)]),
      'Ana@Example.com',
      'passed',
    ],
    ['in plain text', badge([plain('a@example.com', 'emailAddress')]), 'A@example.com', 'passed'],
    [
      'in plain text with capitals',
      badge([plain('Ana@Example.com', 'emailAddress')]),
      'ana@example.com',
      'passed',
    ],
    ['typed as the hash itself', kosher, `sha256$${LOWER}`, APART],
    [
      'that stands in plain text as the hash',
      badge([plain(`sha256$${LOWER}`, 'emailAddress')]),
      'a@example.com',
      MISMATCH,
    ],
    [
      'beside a name',
      badge([plain('Ana', 'name'), hashed(`sha256$${LOWER}`, 'Kosher')]),
      'a@example.com',
      'passed',
    ],
    ['in the id', badge([], 'mailto:Ana@example.com'), 'ana@example.com', 'passed'],
    ['not in the id', badge([], 'mailto:ana@example.com'), 'eve@example.com', MISMATCH],
    ['when the badge has only a DID', badge([], 'did:key:z6Mk1'), 'a@example.com', APART],
    ['when the hash is of no known kind', badge([hashed(`sha1$${LOWER}`)]), 'a@example.com', APART],
    [
      'when the hash is too short',
      badge([hashed(`sha256$${LOWER.slice(1)}`)]),
      'a@example.com',
      APART,
    ],
    [
      'when the hash has the length of the other kind',
      badge([hashed(`md5$${LOWER}`)]),
      'a@example.com',
      APART,
    ],
  ])('%s', (_name, document, typed, expected) => {
    expect(outcome(document, typed)).toBe(expected)
  })
})

describe('another identifier', () => {
  it.each([
    ['equal to the id', badge([], 'did:key:z6Mk1'), ' did:key:z6Mk1 ', 'passed'],
    ['a DID of another person', badge([], 'did:key:z6Mk1'), 'did:key:z6Mk2', MISMATCH],
    ['a DID in other capitals', badge([], 'did:key:z6Mk1'), 'did:key:z6mk1', MISMATCH],
    ['a DID, where the id is a random one', badge([], 'urn:uuid:1'), 'did:key:z6Mk1', APART],
    ['a number', badge([plain('4711', 'sisSourcedId')]), '4711', 'passed'],
    ['a number with blanks', badge([plain('4711', 'sisSourcedId')]), ' 4711 ', 'passed'],
    ['another number', badge([plain('4711', 'sisSourcedId')]), '4712', MISMATCH],
    [
      'a hashed number',
      badge([hashed(`sha256$${systemHasher.sha256Hex('4711x')}`, 'x', 'ext:staff')]),
      '4711',
      'passed',
    ],
    ['a name', badge([plain('Ana Example', 'name')]), 'Ana Example', APART],
    ['of a book', badge([plain('4711', 'isbn')]), '4711', APART],
    ['of a platform', badge([plain('4711', 'ltiPlatformId')]), '4711', APART],
    ['in other capitals', badge([plain('Ana', 'userName')]), 'ana', MISMATCH],
    ['that is an object of the language', badge([plain('x', '__proto__')]), 'x', APART],
    ['too long', badge([plain('4711', 'identifier')]), '4'.repeat(513), APART],
    [
      'the seventeenth',
      badge([...Array(16).fill(plain('1', 'identifier')), plain('2', 'identifier')]),
      '2',
      APART,
    ],
    [
      'the sixteenth',
      badge([...Array(15).fill(plain('1', 'identifier')), plain('2', 'identifier')]),
      '2',
      'passed',
    ],
    ['in a subject that is no object', { credentialSubject: 'ana' }, 'ana', APART],
  ])('%s', (_name, document, typed, expected) => {
    expect(outcome(document, typed)).toBe(expected)
  })

  it('is asked for by nobody, or of a badge that nobody signed', () => {
    const document = badge([plain('4711', 'identifier')])
    expect([outcome(document), outcome(document, ' '), outcome(document, '4711', false)]).toEqual([
      'skipped',
      'skipped',
      'skipped',
    ])
  })
})

it('hashes and compares as much for a fit as for none, wherever it stands', () => {
  const counted = (typed: string, at: number) => {
    const calls = { sha256: 0, md5: 0, same: 0 }
    const hasher: Hasher = {
      ...systemHasher,
      sha256Hex: (text) => {
        calls.sha256 += 1
        return systemHasher.sha256Hex(text)
      },
      md5Hex: (text) => {
        calls.md5 += 1
        return systemHasher.md5Hex(text)
      },
      isSame: (one, other) => {
        calls.same += 1
        return systemHasher.isSame(one, other)
      },
    }
    const entries: JsonObject[] = Array.from({ length: 16 }, (_, place) =>
      hashed(place % 2 === 0 ? `sha256$${OTHER}` : `md5$${OTHER.slice(32)}`, 'Kosher'),
    )
    entries[at] = hashed(`sha256$${LOWER}`, 'Kosher')
    checkRecipient(badge(entries, 'urn:uuid:1'), typed, hasher, true)
    return calls
  }
  const none = counted('nobody@example.com', 0)
  expect(none).toEqual({ sha256: 24, md5: 24, same: 52 })
  expect(counted('a@example.com', 0)).toEqual(none)
  expect(counted('a@example.com', 14)).toEqual(none)
  expect(counted('A@EXAMPLE.COM', 14)).toEqual(none)
})
