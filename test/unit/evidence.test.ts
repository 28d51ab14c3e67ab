import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  assertDistinctEvidence,
  evidenceSealText,
  readSeal,
  toEvidenceNodes,
} from '../../src/domain/evidence.js'
import type { EvidenceItem } from '../../src/domain/review.js'
import type { Consent } from '../../src/domain/visibility.js'

const item: EvidenceItem = {
  kind: 'documentation',
  name: 'Film by Ana Example’s class',
  genre: 'video production',
  narrative: 'We *filmed*.',
  url: 'https://films.example.org/1',
  public: true,
}
const consent = (evidence: Consent['evidence']): Consent => ({
  name: 'hidden',
  evidence,
  listed: false,
})

describe('evidenceSealText', () => {
  it('is JSON of the content in fixed order, absent members left out', () => {
    expect(evidenceSealText(item, 'N')).toBe(
      '{"kind":"documentation","name":"Film by Ana Example’s class","genre":"video production","narrative":"We *filmed*.","url":"https://films.example.org/1","nonce":"N"}',
    )
    const { genre: _genre, url: _url, ...short } = item
    expect(evidenceSealText(short, 'N')).toBe(
      '{"kind":"documentation","name":"Film by Ana Example’s class","narrative":"We *filmed*.","nonce":"N"}',
    )
  })

  it('does not depend on the order of members or on publicity', () => {
    const turned = Object.fromEntries(Object.entries(item).reverse()) as EvidenceItem
    expect(evidenceSealText({ ...turned, public: false }, 'N')).toBe(evidenceSealText(item, 'N'))
  })

  it('cannot be guessed from the content without the nonce', () => {
    expect(evidenceSealText(item, 'M')).not.toBe(evidenceSealText(item, 'N'))
  })

  it.each(['kind', 'name', 'genre', 'narrative', 'url'] as const)('covers %s', (name) => {
    expect(evidenceSealText({ ...item, [name]: 'x' }, 'N')).not.toBe(evidenceSealText(item, 'N'))
  })
})

describe('assertDistinctEvidence', () => {
  const bare: EvidenceItem = { kind: 'other', name: 'A talk', public: true }
  it.each([
    ['one link under two names', [item, { ...bare, url: item.url ?? '' }]],
    ['one text under two kinds', [bare, { ...bare, kind: 'reflection', public: false }]],
  ])('refuses %s', (_name, items) => {
    expect(() => assertDistinctEvidence([{ ...bare, name: 'First' }, ...items])).toThrow(
      expect.objectContaining({ code: 'REQUEST_INVALID', pointer: '/evidence/2' }),
    )
  })

  it('lets different items be', () => {
    expect(() => assertDistinctEvidence([item, bare, { ...bare, genre: 'talk' }])).not.toThrow()
  })
})

describe('toEvidenceNodes', () => {
  it('opens an item that the reviewer and the earner let out', () => {
    expect(toEvidenceNodes([item], consent('shown'), ['S'])).toEqual([
      {
        id: 'https://films.example.org/1',
        type: ['Evidence'],
        name: 'Film by Ana Example’s class',
        genre: 'video production',
        narrative: 'We *filmed*.',
      },
    ])
  })

  it('opens an item without link, genre and narrative as its name alone', () => {
    const bare: EvidenceItem = { kind: 'other', name: 'A talk', public: true }
    expect(toEvidenceNodes([bare], consent('shown'), ['S'])).toEqual([
      { type: ['Evidence'], name: 'A talk' },
    ])
  })

  it.each([
    ['the reviewer keeps it', { ...item, public: false }, consent('shown')],
    ['the earner keeps it', item, consent('hidden')],
    ['both keep it', { ...item, public: false }, consent('hidden')],
  ])('seals an item when %s, and says nothing of its content', (_name, one, agreed) => {
    const seal = createHash('sha256').update(evidenceSealText(one, 'N')).digest('base64url')
    const [node] = toEvidenceNodes([one], agreed, [seal])
    expect(node).toMatchObject({ id: `ni:///sha-256;${seal}`, name: 'Evidence 1: documentation' })
    expect(Object.keys(node ?? {})).toEqual(['id', 'type', 'name', 'description'])
    const text = JSON.stringify(node)
    for (const secret of ['Ana', 'film', 'Film', 'video']) expect(text).not.toContain(secret)
  })

  it('gives each item its own seal and number', () => {
    const items = [item, { ...item, public: false }, { ...item, public: false, kind: 'reflection' }]
    const nodes = toEvidenceNodes(items, consent('shown'), ['A', 'B', 'C'])
    expect(nodes.map((node) => [node.id, node.name])).toEqual([
      ['https://films.example.org/1', 'Film by Ana Example’s class'],
      ['ni:///sha-256;B', 'Evidence 2: documentation'],
      ['ni:///sha-256;C', 'Evidence 3: reflection'],
    ])
  })
})

describe('readSeal', () => {
  it('reads the seal of a sealed node and nothing else', () => {
    expect(readSeal('ni:///sha-256;abc')).toBe('abc')
    expect(readSeal('https://films.example.org/1')).toBeUndefined()
    expect(readSeal('ni:///sha-512;abc')).toBeUndefined()
    expect(readSeal(undefined)).toBeUndefined()
  })
})
