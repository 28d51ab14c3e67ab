/** 1EdTech's own baked samples, recognised. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findOlderBadge } from '../../src/adapters/images/older-badge.js'
import { extractFromPicture } from '../../src/adapters/images/picture-file.js'
import { assertSoundPng } from '../../src/adapters/images/sound-png.js'
import { createInputReader } from '../../src/adapters/inputs/input-reader.js'
import { hasOfficialData, officialPath, readOfficial } from '../support/official-data.js'

const reader = createInputReader({ extractFromPicture, findOlderBadge, assertSoundPng }, 1000)
const read = (name: string) => reader.read(readFileSync(officialPath(`vectors/validator/${name}`)))

describe.skipIf(!hasOfficialData)('the official samples (skipped without them)', () => {
  it.each(['png', 'svg'])('simple-json.%s holds JSON', async (form) => {
    const found = await read(`simple-json.${form}`)
    expect(found).toMatchObject({ kind: 'json', form })
    const { bytes } = found as { bytes: Uint8Array }
    const document = JSON.parse(Buffer.from(bytes).toString())
    expect(document).toMatchObject({ credentialSubject: { type: ['AchievementSubject'] } })
  })

  it('simple-jwt.png holds a token', async () => {
    const found = await read('simple-jwt.png')
    expect(found).toEqual({
      kind: 'token',
      form: 'png',
      token: expect.stringMatching(/^eyJhbGciOiJSUzI1NiIsImp3ayI6[\w-]+\.[\w-]+\.[\w-]+$/),
    })
  })

  it('simple.json is itself', async () => {
    const bytes = readOfficial('vectors/validator/simple.json')
    const found = await reader.read(Buffer.from(bytes))
    expect(found).toEqual({ kind: 'json', form: 'json', bytes: Buffer.from(bytes) })
  })
})
