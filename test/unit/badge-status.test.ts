import { describe, expect, it } from 'vitest'
import { assertSpeaksFor } from '../../src/application/actor.js'
import { readStatusRequest } from '../../src/application/read-status-request.js'
import {
  changeStatus,
  readReason,
  STATUS_CHANGES,
  type StatusState,
} from '../../src/domain/badge-status.js'
import { IssuerError } from '../../src/domain/issuer-error.js'

describe('changeStatus', () => {
  it.each<[StatusState, Readonly<Record<(typeof STATUS_CHANGES)[number], string>>]>([
    ['valid', { revoke: 'revoked', suspend: 'suspended', reinstate: 'refused' }],
    ['suspended', { revoke: 'revoked', suspend: 'refused', reinstate: 'valid' }],
    ['revoked', { revoke: 'refused', suspend: 'refused', reinstate: 'refused' }],
  ])('moves %s as the rules say, and a revocation never back', (state, expected) => {
    const moves = STATUS_CHANGES.map((change) => {
      const move = changeStatus(state, change)
      return [change, 'to' in move ? move.to : 'refused']
    })
    expect(Object.fromEntries(moves)).toEqual(expected)
  })

  it('says in a sentence why not', () => {
    expect(changeStatus('revoked', 'reinstate')).toEqual({
      refusal: 'This badge is revoked; that is final. Issue a new badge instead.',
    })
  })
})

describe('readReason', () => {
  it.each([
    ['  Issued by mistake. ', { text: 'Issued by mistake.' }],
    ['x'.repeat(500), { text: 'x'.repeat(500) }],
    ['🎓'.repeat(500), { text: '🎓'.repeat(500) }],
  ])('takes plain words %#', (input, expected) => {
    expect(readReason(input)).toEqual(expected)
  })

  it.each([
    [undefined, /why/],
    ['', /why/],
    [' \n ', /why/],
    [7, /why/],
    ['x'.repeat(501), /500/],
    ['🎓'.repeat(501), /500/],
    ['x'.repeat(10_000_000), /500/],
    ['two\nlines', /control/],
    ['bell\u0007', /control/],
    ['half \ud800', /control/],
    ['turned \u202e round', /direction/],
    ['a\u2028line', /one line/],
    ['no \uffff character', /plain text/],
  ])('refuses %#', (input, expected) => {
    expect(readReason(input)).toEqual({ fault: expect.stringMatching(expected) })
  })
})

describe('readStatusRequest', () => {
  const code = '0123456789abcdefghjkmnpqrs'

  it('takes a code in any spelling, and keeps a reason private unless told', () => {
    const body = { change: 'suspend', reason: 'A complaint is looked into.' }
    expect(readStatusRequest('oI2345-6789ABCDEFGHJKMNPQRS', body)).toEqual({
      code,
      change: 'suspend',
      reason: { text: 'A complaint is looked into.', isPublic: false },
    })
    expect(readStatusRequest(code, { ...body, public: true }).reason.isPublic).toBe(true)
  })

  it('names every fault with its place', () => {
    const error = failureOf(() =>
      readStatusRequest(code, { change: 'undo', public: 1, 'who/~': 'me' }),
    )
    expect(error.code).toBe('STATUS_CHANGE_INVALID')
    expect(error.faults.map(({ pointer }) => pointer)).toEqual([
      '/who~1~0',
      '/change',
      '/reason',
      '/public',
    ])
  })

  it.each([[[]], ['revoke'], [null], [undefined]])('refuses a body that is %j', (body) => {
    expect(failureOf(() => readStatusRequest(code, body)).code).toBe('STATUS_CHANGE_INVALID')
  })

  it.each(['', 'x', 'u'.repeat(26), '9'.repeat(26), `${code}/`, 'x'.repeat(1_000_000)])(
    'knows no badge %#',
    (wrong) => {
      const error = failureOf(() => readStatusRequest(wrong, { change: 'revoke', reason: 'Why.' }))
      expect(error.code).toBe('NOT_FOUND')
      expect(error.message.length).toBeLessThan(120)
    },
  )
})

describe('assertSpeaksFor', () => {
  it('lets the issuer itself, and the operator, act', () => {
    expect(() => assertSpeaksFor({ name: 'cli' }, 'vista-unified')).not.toThrow()
    expect(() => assertSpeaksFor({ name: 't', issuer: 'default' }, 'default')).not.toThrow()
  })

  it('refuses an actor of another issuer', () => {
    const actor = { name: 't', issuer: 'vista-unified' }
    expect(failureOf(() => assertSpeaksFor(actor, 'default')).code).toBe('FORBIDDEN')
  })
})

function failureOf(work: () => unknown): IssuerError {
  try {
    work()
  } catch (error) {
    if (error instanceof IssuerError) return error
    throw error
  }
  throw new Error('it was not refused')
}
