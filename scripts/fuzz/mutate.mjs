/** Changes to bytes that tend to confuse parsers. */

const MAX_BYTES = 512 * 1024
const NUMBERS = [0, 1, 0x0a, 0x20, 0x22, 0x26, 0x2e, 0x3c, 0x5c, 0x7b, 0x7f, 0x80, 0xff]

/**
 * @param bytes what is changed; it stays as it is
 * @param words pieces of the language that the parser reads
 * @param others whole inputs, of which parts may be taken
 * @returns the bytes with one to six changes, at most 512 KiB
 */
export function mutate(bytes, words, others, random) {
  let changed = bytes
  for (let count = 1 + random(6); count > 0; count -= 1) {
    const change = CHANGES[random(CHANGES.length)]
    changed = change(changed, random, words, others).subarray(0, MAX_BYTES)
  }
  return changed
}

const place = (bytes, random) => random(bytes.length + 1)

function slice(bytes, random) {
  const start = place(bytes, random)
  return bytes.subarray(start, start + 1 + random(Math.max(1, Math.min(4096, bytes.length))))
}

const insert = (bytes, at, piece) =>
  Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)])

const CHANGES = [
  function flipBit(bytes, random) {
    const changed = Buffer.from(bytes)
    if (changed.length > 0) changed[random(changed.length)] ^= 1 << random(8)
    return changed
  },
  function setByte(bytes, random) {
    const changed = Buffer.from(bytes)
    if (changed.length > 0) changed[random(changed.length)] = NUMBERS[random(NUMBERS.length)]
    return changed
  },
  function setNumber(bytes, random) {
    const changed = Buffer.from(bytes)
    if (changed.length < 4) return changed
    const value = [0, 1, 0x7fffffff, 0x80000000, 0xffffffff, random(65_536)][random(6)]
    changed.writeUInt32BE(value, random(changed.length - 3))
    return changed
  },
  (bytes, random) => bytes.subarray(0, place(bytes, random)),
  function cutOut(bytes, random) {
    const start = place(bytes, random)
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + 1 + random(64))])
  },
  (bytes, random) => insert(bytes, place(bytes, random), slice(bytes, random)),
  (bytes, random, words) =>
    insert(bytes, place(bytes, random), Buffer.from(words[random(words.length)], 'latin1')),
  function insertMany(bytes, random, words) {
    const word = words[random(words.length)].repeat(1 + random(2000))
    return insert(bytes, place(bytes, random), Buffer.from(word, 'latin1'))
  },
  function splice(bytes, random, _words, others) {
    const other = others[random(others.length)]
    return Buffer.concat([
      bytes.subarray(0, place(bytes, random)),
      other.subarray(place(other, random)),
    ])
  },
]
