/** What is sent to make a verifier work in vain. */
import { crc32, deflateSync, gzipSync } from 'node:zlib'
import { WORST_DOCUMENTS } from '../faults/hostile-documents.mjs'

const MIB = 1024 * 1024
const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')

/** Name, media type, body and, where it is compressed, `encoding`. */
export function createPoison() {
  const cliques = [6, 8, 10, 12].map((size) => ({
    name: `clique of ${size} blank nodes`,
    type: 'application/json',
    body: Buffer.from(clique(size)),
  }))
  const half = MIB / 2
  return [
    ...cliques,
    {
      name: '1 MiB of nested arrays',
      type: 'application/json',
      body: Buffer.from(`${'['.repeat(half)}${']'.repeat(half)}`),
    },
    { name: 'a PNG of 10 MB', type: 'image/png', body: bigPng(10_000_000) },
    { name: 'a gzip bomb in a PNG', type: 'image/png', body: bombPng(512 * MIB) },
    {
      name: 'a gzip bomb as a body',
      type: 'application/json',
      encoding: 'gzip',
      body: gzipSync(Buffer.alloc(512 * MIB, ' '), { level: 9 }),
    },
  ]
}

/** By labels; the shapes without them are among the other worst documents. */
function clique(size) {
  const [, make] = WORST_DOCUMENTS.find(([name]) => name === 'A10 clique of 12 by labels')
  const document = JSON.parse(make())
  const evidence = Array.from({ length: size }, (_, one) => ({
    id: `urn:e:${one}`,
    type: ['Evidence'],
    name: 'the same',
  }))
  const result = Array.from({ length: size }, () => ({
    type: ['Result'],
    alignment: Array.from({ length: size }, () => ({
      type: ['Alignment'],
      targetName: 'T',
      targetUrl: 'https://x.example/t',
    })),
  }))
  return JSON.stringify({
    ...document,
    evidence,
    credentialSubject: { ...document.credentialSubject, result },
  })
}

/** Noise that no compression makes smaller, as one picture. */
function bigPng(bytes) {
  const side = Math.floor(Math.sqrt(bytes / 4))
  const rows = Buffer.alloc(side * (side * 4 + 1))
  for (let at = 0; at + 4 <= rows.length; at += 4)
    rows.writeUInt32LE((at * 2_654_435_761) % 2 ** 32, at)
  for (let row = 0; row < side; row += 1) rows[row * (side * 4 + 1)] = 0
  return png(side, deflateSync(rows, { level: 0 }), [])
}

/** A small picture whose badge is spaces without end. */
function bombPng(bytes) {
  const bomb = deflateSync(Buffer.alloc(bytes, ' '), { level: 9 })
  const text = Buffer.concat([Buffer.from('openbadgecredential\0\x01\0\0\0', 'latin1'), bomb])
  return png(1, deflateSync(Buffer.alloc(5)), [chunk('iTXt', text)])
}

function png(side, pixels, extra) {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const chunks = [
    chunk('IHDR', header),
    ...extra,
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]
  return Buffer.concat([PNG_SIGNATURE, ...chunks])
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
