/** What a worker does before it takes work: it judges, and refuses to work when it judges wrongly. */
import { expect, it } from 'vitest'
import { NO_RECORDS } from '../../src/application/own-records.js'
import { composeVerifying } from '../../src/main/compose-verifying.js'
import { warmUp } from '../../src/main/warm-up.js'
import { frozenClock } from '../support/service.js'

const parts = await composeVerifying({ clock: frozenClock, records: NO_RECORDS })

it('finds the known proof to hold', async () => {
  await expect(warmUp(parts)).resolves.toBeUndefined()
})

it('refuses when the proof is not found to hold', async () => {
  const proofVerifier: typeof parts.proofVerifier = {
    verify: async () => ({ kind: 'mismatch' }),
  }
  await expect(warmUp({ ...parts, proofVerifier })).rejects.toThrow('known to hold')
})
