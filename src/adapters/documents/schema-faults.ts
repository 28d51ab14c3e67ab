/** Turns what the schema validator reports into faults that a person can mend. */
import type { ErrorObject } from 'ajv'
import type { Fault } from '../../domain/issuer-error.js'
import { member, pointerTo } from '../../domain/json.js'

const MAX_FAULTS = 20

const TYPE_NAMES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  number: 'a number',
  object: 'an object',
  string: 'a text',
}

/** Reports that only repeat another one (`if` repeats its branch) or belong to a `contains`. */
function isSecondary(error: ErrorObject): boolean {
  return error.keyword === 'if' || error.schemaPath.includes('/contains/')
}

/**
 * Translates validator errors to faults, in their order and at most 20.
 *
 * @param errors from a validator with the option `verbose`: details are worded from the schema
 *   beside the failing keyword, never from the document
 * @returns faults with RFC 6901 pointers; a missing member is reported at the object that lacks it,
 *   a surplus member at itself
 */
export function toFaults(errors: readonly ErrorObject[]): readonly Fault[] {
  return errors
    .filter((error) => !isSecondary(error))
    .slice(0, MAX_FAULTS)
    .map((error) => ({ pointer: toPointer(error), detail: toDetail(error) }))
}

function toPointer(error: ErrorObject): string {
  return error.keyword === 'additionalProperties'
    ? pointerTo(error.instancePath, String(error.params['additionalProperty']))
    : error.instancePath
}

function toDetail(error: ErrorObject): string {
  const { keyword, params, schema, parentSchema } = error
  switch (keyword) {
    case 'required':
      return `must have the member ${quote(params['missingProperty'])}`
    case 'type':
      return `must be ${join([schema].flat().map((name) => TYPE_NAMES[String(name)] ?? name))}`
    case 'const':
      return `must be ${quote(schema)}`
    case 'enum':
      return `must be ${quoteAny(schema)}${extensionHint(error)}`
    case 'contains':
      return `must contain ${quoteAny(containedValues(schema))}`
    case 'minItems':
      return `must have at least ${schema} ${schema === 1 ? 'item' : 'items'}`
    case 'additionalProperties':
      return `must not be here; only ${members(parentSchema)} may`
    case 'pattern':
    case 'format':
      return `must be ${parentSchema?.['description'] ?? `of the form ${schema}`}`
    default:
      return error.message ?? 'does not fit the schema'
  }
}

/** Our `contains` schemas name the wanted value with `const`, or several with `enum`. */
function containedValues(schema: unknown): unknown {
  return member(schema, 'const') ?? member(schema, 'enum')
}

/** The open vocabularies are written as “if an extension term, fine; else one of these”. */
function extensionHint(error: ErrorObject): string {
  return error.schemaPath.endsWith('/else/enum') ? ' or begin with "ext:"' : ''
}

function members(parentSchema: ErrorObject['parentSchema']): string {
  return Object.keys(parentSchema?.['properties'] ?? {})
    .map(quote)
    .join(', ')
}

function quoteAny(values: unknown): string {
  return join([values].flat().map(quote))
}

function quote(value: unknown): string {
  return JSON.stringify(value)
}

function join(words: readonly unknown[]): string {
  return words.length < 3 ? words.join(' or ') : `one of ${words.join(', ')}`
}
