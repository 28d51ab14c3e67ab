/** Our schemas give the verdict of 1EdTech's, valid or invalid, for whatever document. */
import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createSchemaChecker } from '../../src/adapters/documents/schema-checker.js'
import type { SchemaChecker } from '../../src/application/ports/documents.js'
import { isJsonObject, type JsonValue, walkJson } from '../../src/domain/json.js'
import { hasOfficialData } from '../support/official-data.js'
import { CLASSES, type ClassName, documentsOf, memberNames } from '../support/schema-documents.js'
import {
  CHANGE_KINDS,
  type ChangeKind,
  changeAt,
  changeDocument,
  changes,
  pathsOf,
  possibilitiesOf,
} from '../support/schema-mutations.js'
import {
  createOracle,
  ORACLE_KINDS,
  type Oracle,
  type OracleKind,
  readOfficialSchema,
  readVectors,
} from '../support/schema-oracle.js'

const SEED = 20260302
const RUNS = Number(process.env['SCHEMA_RUNS'] ?? 5000)
const SHAPE_CHANGES = CHANGE_KINDS.filter((kind) => kind !== 'to an edge text')
const TIMEOUT_MS = 60_000 * Math.max(1, RUNS / 5000)

const CLASS_OF = {
  'achievement-credential': 'AchievementCredential',
  'endorsement-credential': 'EndorsementCredential',
  profile: 'Profile',
} as const satisfies Readonly<Record<OracleKind, ClassName>>

let checker: SchemaChecker
let oracle: Oracle

/** Throws with the document and what both sides say when they disagree; else whether it is valid. */
function agreeOn(kind: OracleKind, document: unknown): boolean {
  const ours = checker.check(kind, document)
  const official = oracle(kind, document)
  const isValid = official === undefined
  if (isValid !== (ours.length === 0)) {
    throw new Error(
      `${kind}: official ${JSON.stringify(official ?? 'valid')}, ours ${JSON.stringify(ours)}\n` +
        JSON.stringify(document, undefined, 1),
    )
  }
  return isValid
}

/** Compares by all three schemas, as is and with a list made of a single proof. */
function agreeOnAll(document: unknown): readonly boolean[] {
  const isSingle =
    isJsonObject(document) && 'proof' in document && !Array.isArray(document['proof'])
  const forms = isSingle ? [document, { ...document, proof: [document['proof']] }] : [document]
  return forms.flatMap((form) => ORACLE_KINDS.map((kind) => agreeOn(kind, form)))
}

describe.skipIf(!hasOfficialData)('with the official data at ../shared/ob3 (else skipped)', () => {
  beforeAll(() => {
    checker = createSchemaChecker()
    oracle = createOracle()
  })

  it('the generator knows every class and every member that the official schemas know', () => {
    const known = new Map<string, readonly string[]>()
    for (const kind of ORACLE_KINDS) {
      const schema = readOfficialSchema(kind)
      const classes: Record<string, { properties?: object }> = {
        ...schema['$defs'],
        [CLASS_OF[kind]]: schema,
      }
      for (const [name, { properties }] of Object.entries(classes)) {
        if (properties !== undefined) known.set(name, Object.keys(properties).sort())
      }
    }
    const generated = Object.keys(CLASSES).map(
      (name) => [name, [...memberNames(name as ClassName)].sort()] as const,
    )
    expect(new Map(generated)).toEqual(known)
  })

  it('all samples, and every object inside them, get the official verdict', () => {
    const verdicts = [...readVectors().values()].flatMap((vector) =>
      [...walkJson(vector as JsonValue)]
        .filter((place) => isJsonObject(place.value))
        .map((place) => agreeOnAll(place.value)),
    )
    const valid = verdicts.filter((forms) => forms.includes(true)).length
    expect(valid).toBeGreaterThan(20)
    expect(verdicts.length - valid).toBeGreaterThan(20)
  })

  it('known good samples are valid and known bad ones are not', () => {
    const vectors = readVectors()
    const isValid = (name: string) =>
      agreeOnAll(vectors.get(`validator/${name}.json`)).includes(true)
    const good = ['simple', 'complete', 'endorsement-valid', 'sd/derivedcredential']
    const bad = ['simple-err-context', 'simple-err-issuer-type', 'simple-err-type', 'simple_v1']
    expect(good.filter((name) => !isValid(name))).toEqual([])
    expect(bad.filter(isValid)).toEqual([])
  })

  it.each(ORACLE_KINDS)(
    '%s: every change at every place of a full document',
    (kind) => {
      const outline = sweep(kind, fullDocument(kind, 1), SHAPE_CHANGES)
      const texts = sweep(kind, fullDocument(kind, 0), ['to an edge text'])
      const share = (outline.valid + texts.valid) / (outline.total + texts.total)
      expect(share).toBeGreaterThan(0.1)
      expect(share).toBeLessThan(0.9)
    },
    TIMEOUT_MS,
  )

  it(
    `${RUNS} generated documents, spoilt or not, get the official verdict`,
    () => {
      let valid = 0
      const documents = fc.oneof(
        { weight: 3, arbitrary: generatedDocument('achievement-credential') },
        { weight: 1, arbitrary: generatedDocument('endorsement-credential') },
        { weight: 1, arbitrary: generatedDocument('profile') },
      )
      void fc.assert(
        fc.property(documents, ({ kind, document }) => {
          if (agreeOnAll(document)[ORACLE_KINDS.indexOf(kind)]) valid += 1
        }),
        { seed: SEED, numRuns: RUNS },
      )
      console.log(`generated documents: ${RUNS}, valid: ${((100 * valid) / RUNS).toFixed(1)} %`)
      expect(valid / RUNS).toBeGreaterThan(0.3)
      expect(valid / RUNS).toBeLessThan(0.7)
    },
    TIMEOUT_MS,
  )
})

/** A document that has every member, with a list item in every list. */
function fullDocument(kind: OracleKind, depth: number): unknown {
  const [full] = fc.sample(documentsOf(CLASS_OF[kind], depth, true), { seed: SEED, numRuns: 1 })
  expect(agreeOn(kind, full)).toBe(true)
  return full
}

/** Makes each possible change of the given kinds at each place; counts the verdicts. */
function sweep(kind: OracleKind, document: unknown, kinds: readonly ChangeKind[]) {
  const paths = pathsOf(document)
  let [valid, total] = [0, 0]
  for (const place of paths.keys()) {
    for (const change of kinds) {
      for (let random = 0; random < possibilitiesOf(change); random += 1) {
        total += 1
        if (agreeOn(kind, changeAt(document, paths, { kind: change, place, random }))) valid += 1
      }
    }
  }
  return { valid, total }
}

/** Documents of a kind with none to three changes. */
function generatedDocument(kind: OracleKind) {
  return fc
    .record({
      document: documentsOf(CLASS_OF[kind], 2),
      spoilers: fc.array(changes, { maxLength: 3, size: 'max' }),
    })
    .map(({ document, spoilers }) => ({
      kind,
      document: spoilers.reduce(changeDocument, document),
    }))
}
