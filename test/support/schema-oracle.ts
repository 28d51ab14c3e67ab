/** 1EdTech's own schemas and sample documents, read where they lie; the project keeps no copy. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv2019, type AnySchemaObject } from 'ajv/dist/2019.js'
import addFormats from 'ajv-formats'

const FOLDER = fileURLToPath(new URL('../../../shared/ob3/', import.meta.url))

/** Whether the official data is there. It must be when REQUIRE_ALL=1. */
export const hasOfficialData = existsSync(join(FOLDER, 'schema'))

export const REQUIRE_ALL = process.env['REQUIRE_ALL'] === '1'

export type OracleKind = 'achievement-credential' | 'endorsement-credential' | 'profile'

export const ORACLE_KINDS: readonly OracleKind[] = [
  'achievement-credential',
  'endorsement-credential',
  'profile',
]

/** The parsed official schema of a kind. */
export function readOfficialSchema(kind: OracleKind): AnySchemaObject {
  const file = join(FOLDER, 'schema', `${kind.replace('-', '')}.json`)
  return JSON.parse(readFileSync(file, 'utf8'))
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
  const root = join(FOLDER, 'vectors')
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
