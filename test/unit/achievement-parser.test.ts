import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { createAchievementParser } from '../../src/adapters/documents/achievement-parser.js'
import { type Fault, IssuerError } from '../../src/domain/issuer-error.js'
import { SAMPLE_ACHIEVEMENT } from '../support/service.js'

const parser = createAchievementParser()

const FILE = {
  slug: 'creators',
  name: 'Creators',
  description: 'Helps students create.',
  criteria: '\n  Reflects.\n',
  image: { file: 'art/creators.svg', caption: 'A seal' },
}
const LEVEL = { level: 'high', name: 'High' }
const ROW = { criterion: 'voice', name: 'Voice', levels: [LEVEL] }
const ALIGNMENT = { targetName: 'A', targetUrl: 'https://a.example.org/' }
const file = (change: object = {}) => ({ ...FILE, ...change })

function faultsOf(input: unknown): readonly Fault[] {
  try {
    parser.parse(input)
    return []
  } catch (error) {
    if (!(error instanceof IssuerError)) throw error
    expect(error.code).toBe('ACHIEVEMENT_INVALID')
    expect(error.pointer).toBe(error.faults[0]?.pointer)
    return error.faults
  }
}

describe('a good file', () => {
  it('gets its defaults, and its criteria without space around', () => {
    expect(parser.parse(FILE)).toEqual({
      artFile: 'art/creators.svg',
      definition: {
        slug: 'creators',
        name: 'Creators',
        description: 'Helps students create.',
        achievementType: 'MicroCredential',
        criteria: { narrative: 'Reflects.' },
        image: { caption: 'A seal' },
        tags: [],
        alignments: [],
        rubric: [],
        release: 'automatic',
      },
    })
  })

  it('keeps everything optional', () => {
    const optional = {
      inLanguage: 'pt-BR',
      tags: ['making'],
      alignments: [{ ...ALIGNMENT, targetType: 'ceasn:Competency' }],
      rubric: [{ ...ROW, requiredLevel: 'high' }],
      release: 'staff',
      validityMonths: 36,
      achievementType: 'ext:Seal',
    }
    expect(parser.parse(file(optional)).definition).toMatchObject(optional)
  })

  it('is the sample of the demo', () => {
    const { definition } = parser.parse(parse(readFileSync(SAMPLE_ACHIEVEMENT, 'utf8')))
    expect(definition.rubric.map((row) => row.criterion)).toEqual([
      'reflection',
      'documentation',
      'student-voice',
    ])
  })
})

describe('faults', () => {
  it.each<[string, unknown, string]>([
    ['nothing', undefined, ''],
    ['a text', 'slug: creators', ''],
    ...['slug', 'name', 'description', 'criteria', 'image'].map(
      (name): [string, unknown, string] => [
        `no ${name}`,
        Object.fromEntries(Object.entries(FILE).filter(([key]) => key !== name)),
        `/${name}`,
      ],
    ),
    ['an unknown member', file({ colour: 'red' }), '/colour'],
    ['a version of its own', file({ version: 2 }), '/version'],
    ['a slug in capitals', file({ slug: 'Creators' }), '/slug'],
    ['a slug that is a path', file({ slug: '../creators' }), '/slug'],
    ['a blank name', file({ name: ' ' }), '/name'],
    ['blank criteria', file({ criteria: '\n' }), '/criteria'],
    ['criteria in parts', file({ criteria: { narrative: 'x' } }), '/criteria'],
    [
      'a picture that is neither SVG nor PNG',
      file({ image: { file: 'a.gif', caption: 'x' } }),
      '/image/file',
    ],
    [
      'a picture on the web',
      file({ image: { file: 'https://a.org/a.svg', caption: 'x' } }),
      '/image/file',
    ],
    ['a picture without words', file({ image: { file: 'a.svg' } }), '/image/caption'],
    ['a language that is none', file({ inLanguage: 'english' }), '/inLanguage'],
    ['a tag twice', file({ tags: ['a', 'a'] }), '/tags'],
    [
      'an alignment over http',
      file({ alignments: [{ ...ALIGNMENT, targetUrl: 'http://a.org/' }] }),
      '/alignments/0/targetUrl',
    ],
    ['an alignment twice', file({ alignments: [ALIGNMENT, ALIGNMENT] }), '/alignments'],
    [
      'an unknown target type',
      file({ alignments: [{ ...ALIGNMENT, targetType: 'x' }] }),
      '/alignments/0/targetType',
    ],
    ['a criterion without levels', file({ rubric: [{ ...ROW, levels: [] }] }), '/rubric/0/levels'],
    ['a criterion twice', file({ rubric: [ROW, ROW] }), '/rubric'],
    ['a level twice', file({ rubric: [{ ...ROW, levels: [LEVEL, LEVEL] }] }), '/rubric/0/levels'],
    [
      'a required level that is none',
      file({ rubric: [{ ...ROW, requiredLevel: 'top' }] }),
      '/rubric/0/requiredLevel',
    ],
    [
      'points that are words',
      file({ rubric: [{ ...ROW, levels: [{ ...LEVEL, points: 'ten' }] }] }),
      '/rubric/0/levels/0/points',
    ],
    ['another release', file({ release: 'later' }), '/release'],
    ['no months', file({ validityMonths: 0 }), '/validityMonths'],
    ['half a month', file({ validityMonths: 0.5 }), '/validityMonths'],
    ['a type of two words', file({ achievementType: 'Micro Credential' }), '/achievementType'],
    ['a bell', file({ description: 'ding\u0007' }), '/description'],
  ])('%s', (_name, input, pointer) => {
    expect(faultsOf(input).map((fault) => fault.pointer)).toContain(pointer)
  })

  it('are told all at once', () => {
    const faults = faultsOf(file({ slug: 'A', release: 'later', colour: 'red' }))
    expect(faults.map((fault) => fault.pointer).sort()).toEqual(['/colour', '/release', '/slug'])
  })
})
