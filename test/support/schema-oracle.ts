/** What 1EdTech's own schemas say of a document. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2019, type AnySchemaObject } from 'ajv/dist/2019.js'
import addFormats from 'ajv-formats'
import { officialPath, readOfficial } from './official-data.js'

export type OracleKind = 'achievement-credential' | 'endorsement-credential' | 'profile'

export const ORACLE_KINDS: readonly OracleKind[] = [
  'achievement-credential',
  'endorsement-credential',
  'profile',
]

/** The parsed official schema of a kind. */
export function readOfficialSchema(kind: OracleKind): AnySchemaObject {
  return JSON.parse(readOfficial(`schema/${kind.replace('-', '')}.json`))
}

/** What the official schema says: undefined when the document is valid, else the first errors. */
export type Oracle = (kind: OracleKind, document: unknown) => unknown

/** Compiles the official schemas in the dialect and with the formats that ours are compiled with. */
export function createOracle(): Oracle {
  const ajv = addFormats.default(new Ajv2019({ allErrors: false, strict: false }))
  const validators = new Map(
    ORACLE_KINDS.map((kind) => [kind, ajv.compile(readOfficialSchema(kind))]),
  )
  return (kind, document) => {
    const validate = validators.get(kind)
    if (validate === undefined) throw new Error(`no official schema for ${kind}`)
    return validate(document) ? undefined : validate.errors
  }
}

/** All official sample documents that are JSON, by their path below the samples' folder. */
export function readVectors(): ReadonlyMap<string, unknown> {
  const root = officialPath('vectors')
  const names = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
  const texts = names.map((name) => [name, readFileSync(join(root, name), 'utf8')] as const)
  return new Map(
    texts
      .filter(([, text]) => text.trimStart().startsWith('{'))
      .map(([name, text]) => [name, JSON.parse(text)]),
  )
}
