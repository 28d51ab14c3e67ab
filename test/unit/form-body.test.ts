import { describe, expect, it } from 'vitest'
import { readVerifyForm } from '../../src/adapters/http/form-body.js'

const TYPE = 'multipart/form-data; boundary=b'
const LIMIT = 1024 * 1024
const LIMITS = { fileBytes: LIMIT, fieldBytes: LIMIT }

/** Bytes that count how often a piece of them was taken. */
function counted(text: string): { readonly body: Uint8Array; readonly taken: () => number } {
  const body = new TextEncoder().encode(text)
  let taken = 0
  const subarray = body.subarray.bind(body)
  body.subarray = (begin, end) => {
    taken += 1
    return subarray(begin, end)
  }
  return { body, taken: () => taken }
}

const part = (headers: string, content: string) =>
  `--b\r\nContent-Disposition: form-data; ${headers}\r\n\r\n${content}\r\n`

describe('the verify form', () => {
  it('is read whole', async () => {
    const text = [
      part('name="credential"', '{"a":"Zoë"}'),
      part('name="url"', 'x'),
      part('name="file"; filename="a.json"', '[1]'),
      '--b--\r\n',
    ].join('')
    const form = await readVerifyForm(TYPE, new TextEncoder().encode(text), LIMITS)
    expect({ ...form, file: Buffer.from(form.file).toString() }).toEqual({
      credential: '{"a":"Zoë"}',
      url: 'x',
      recipient: '',
      file: '[1]',
    })
  })

  it.each([
    ['parts without end', '--b\r\n\r\n\r\n'],
    ['fields without end', part('name="url"', 'x')],
    ['files without end', part('name="file"; filename="a"', 'x')],
  ])('is given up at the first of too many: %s', async (_name, piece) => {
    const { body, taken } = counted(piece.repeat(Math.ceil(LIMIT / piece.length)))
    await expect(readVerifyForm(TYPE, body, LIMITS)).rejects.toMatchObject({
      code: 'REQUEST_MALFORMED',
    })
    expect(taken()).toBeLessThan(3)
  })

  it.each([
    ['no end', part('name="url"', 'x')],
    ['nothing', ''],
    ['no parts', 'just text'],
  ])('is refused for %s', async (_name, text) => {
    const body = new TextEncoder().encode(text)
    await expect(readVerifyForm(TYPE, body, LIMITS)).rejects.toMatchObject({
      code: 'REQUEST_MALFORMED',
    })
  })
})
