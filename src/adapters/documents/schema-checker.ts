/** Checks documents against our JSON Schemas (contexts/schema) for the Open Badges 3.0 classes. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2019, type AnySchemaObject, type ValidateFunction } from 'ajv/dist/2019.js'
import addFormats from 'ajv-formats'
import type { SchemaChecker, SchemaKind } from '../../application/ports/documents.js'
import type { Fault } from '../../domain/issuer-error.js'
import { contextsFolder } from './contexts-folder.js'
import { toFaults } from './schema-faults.js'

const DEFINITIONS = 'definitions'

const TOO_DEEP: Fault = { pointer: '', detail: 'must not be nested so deeply' }

/**
 * Returns the checker over our schemas; each is compiled when it is first needed, because compiling
 * all of them takes most of a command's time to start.
 *
 * Stops at the first fault: documents come from strangers, and listing every fault of a hostile one
 * costs more than it tells. Throws only when contexts/schema is missing or is not a valid schema.
 */
export function createSchemaChecker(): SchemaChecker {
  const ajv = new Ajv2019({
    allErrors: false,
    verbose: true,
    strict: true,
    strictTuples: false,
    allowUnionTypes: true,
    validateSchema: false, // a test holds them to their meta-schema, so that no start need
  })
  addFormats.default(ajv)
  ajv.addSchema(readSchema(DEFINITIONS))
  const validators = new Map<SchemaKind, ValidateFunction>()
  const validatorFor = (kind: SchemaKind): ValidateFunction => {
    const validator = validators.get(kind) ?? ajv.compile(readSchema(kind))
    validators.set(kind, validator)
    return validator
  }
  return { check: (kind, document) => checkAgainst(validatorFor(kind), document) }
}

function readSchema(name: SchemaKind | typeof DEFINITIONS): AnySchemaObject {
  return JSON.parse(readFileSync(join(contextsFolder(), 'schema', `${name}.json`), 'utf8'))
}

function checkAgainst(validate: ValidateFunction, document: unknown): readonly Fault[] {
  try {
    if (validate(document)) return []
    const faults = toFaults(validate.errors ?? [])
    // The errors hold on to the document, and the validator holds on to the errors.
    validate.errors = null
    return faults
  } catch (error) {
    // The classes are recursive (a Profile in a Profile), so the nesting can exhaust the stack.
    if (error instanceof RangeError) return [TOO_DEEP]
    throw error
  }
}
