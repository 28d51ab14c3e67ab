import { describe, expect, it } from 'vitest'
import { describeError } from '../../src/adapters/telemetry/logger.js'
import { IssuerError } from '../../src/domain/issuer-error.js'

const SECRET = 'https://diary.example.org/ana'

describe('what the log says of a failure', () => {
  it('is class, code and place, never what a library quotes', () => {
    const cause = new Error(`Invalid resource IRI: ${SECRET}`)
    const line = describeError(new IssuerError('ISSUING_FAILED', 'It was not released.', { cause }))
    expect(line).toMatchObject({
      error: 'IssuerError',
      message: 'It was not released.',
      code: 'ISSUING_FAILED',
      cause: { error: 'Error' },
    })
    expect(line['stack']).toMatch(/^ +at /)
    expect(JSON.stringify(line)).not.toContain(SECRET)
    expect(JSON.stringify(describeError(new TypeError(SECRET)))).not.toContain(SECRET)
    expect(describeError(SECRET)).toEqual({ error: 'string' })
  })

  it('names what the system refused', () => {
    const refused = Object.assign(new Error('listen EADDRINUSE'), { syscall: 'listen', code: 'E' })
    expect(describeError(refused)).toMatchObject({ message: 'listen EADDRINUSE', code: 'E' })
  })
})
