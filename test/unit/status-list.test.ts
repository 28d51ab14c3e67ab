import { describe, expect, it } from 'vitest'
import { buildStatusList, STATUS_TTL_MS, toBitstring } from '../../src/domain/status-list.js'

describe('toBitstring', () => {
  it.each([
    [16, [], '0000'],
    [16, [0], '8000'],
    [16, [7], '0100'],
    [16, [8], '0080'],
    [16, [15], '0001'],
    [16, [0, 1, 2, 3, 4, 5, 6, 7], 'ff00'],
    [16, [3, 3], '1000'],
    [9, [8], '0080'],
  ])('%i bits with %j set is %s', (length, indexes, hex) => {
    expect(Buffer.from(toBitstring(length, indexes)).toString('hex')).toBe(hex)
  })

  it('is 16 KiB for a list of the least length', () => {
    expect(toBitstring(131_072, [131_071]).length).toBe(16_384)
  })

  it.each([-1, 16, 1e9])('refuses index %i of 16', (index) => {
    expect(() => toBitstring(16, [index])).toThrow(RangeError)
  })
})

describe('buildStatusList', () => {
  it('is the credential of W3C Bitstring Status List 1.0 section 2.2', () => {
    const url = 'https://badges.example.org/status/0'
    const document = buildStatusList({
      url,
      issuer: {
        id: 'did:web:badges.example.org',
        name: 'FRL',
        url: 'https://library.example.org/',
        email: 'badges@example.org',
      },
      encodedList: 'uAAAA',
      validFrom: '2026-03-20T12:00:00Z',
      validUntil: '2026-03-22T12:00:00Z',
    })
    expect(document).toEqual({
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      id: url,
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      issuer: { id: 'did:web:badges.example.org', name: 'FRL' },
      validFrom: '2026-03-20T12:00:00Z',
      validUntil: '2026-03-22T12:00:00Z',
      credentialSubject: {
        id: `${url}#list`,
        type: 'BitstringStatusList',
        statusPurpose: 'revocation',
        ttl: STATUS_TTL_MS,
        encodedList: 'uAAAA',
      },
    })
  })
})
