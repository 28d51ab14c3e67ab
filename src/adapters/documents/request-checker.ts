/** Compiles the schemas of requests and turns what Ajv finds into faults a person can act on. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import formatsModule from 'ajv-formats'
import type { TSchema } from 'typebox'
import { type ErrorCode, type Fault, IssuerError } from '../../domain/issuer-error.js'
import { pointerTo } from '../../domain/json.js'
import { parseTimestamp } from '../../domain/timestamps.js'

const MAX_FAULTS = 20
const addFormats = formatsModule.default

/**
 * @returns a function that returns its input as `T` or throws `code` with up to 20 faults; the schema
 *   is compiled at its first call
 */
export function compileChecker<T>(schema: TSchema, code: ErrorCode): (input: unknown) => T {
  let compiled: ValidateFunction<T> | undefined
  return (input) => {
    compiled ??= compile<T>(schema)
    const validate = compiled
    const copy = structuredClone(input)
    if (validate(copy)) return copy
    const faults = (validate.errors ?? []).slice(0, MAX_FAULTS).map(toFault)
    const first = faults[0]
    const where = first === undefined || first.pointer === '' ? '' : `${first.pointer} `
    const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : ''
    throw new IssuerError(code, `${where}${first?.detail ?? 'is not as it must be'}${more}.`, {
      pointer: first?.pointer ?? '',
      faults,
    })
  }
}

function compile<T>(schema: TSchema): ValidateFunction<T> {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    useDefaults: true,
    verbose: true,
    validateSchema: false, // ours; checking them takes longer than compiling them
  })
  addFormats(ajv, ['email', 'uri'])
  ajv.addFormat('timestamp', isTimestamp)
  ajv.addFormat('https-url', isHttpsUrl)
  ajv.addFormat('plain-text', isPlainText)
  return ajv.compile<T>(schema)
}

/** No decision is older than the programme; year 0 has no form that all readers share. */
function isTimestamp(text: string): boolean {
  return parseTimestamp(text) !== undefined && text >= '2000'
}

/**
 * A host name, no user name, no IP address in brackets, and after it only what RFC 3987 allows in
 * path, query and one fragment: other readers refuse a badge with a link of any other form.
 */
const HTTPS_URL =
  /^https:\/\/[^\s<>"{}|\\^`[\]@/?#]+([/?][^\s<>"{}|\\^`[\]#]*)?(#[^\s<>"{}|\\^`[\]#]*)?$/

function isHttpsUrl(text: string): boolean {
  return text.length <= 2048 && HTTPS_URL.test(text) && isPlainText(text) && URL.canParse(text)
}

const UNFIT = new RegExp(
  [
    '[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u2028\\u2029]',
    '[\\u202a-\\u202e\\u2066-\\u2069]',
    '\\p{Noncharacter_Code_Point}',
    '\\ufffd',
  ].join('|'),
  'u',
)

/**
 * Text that every reader shows alike: no control characters but line breaks and tab, nothing that
 * turns the writing direction round unseen, no noncharacters (implementations escape them
 * differently), no lone surrogates, no sign of what was lost in a wrong encoding (U+FFFD).
 */
function isPlainText(text: string): boolean {
  return text.isWellFormed() && !UNFIT.test(text)
}

const FORMATS: Readonly<Record<string, string>> = {
  email: 'must be an e-mail address',
  uri: 'must be a URL',
  timestamp: 'must be a date and time since 2000 with timezone, like 2026-03-02T16:20:00Z',
  'https-url': 'must be an https URL with a host name and without user name or brackets',
  'plain-text':
    'must not contain control characters, marks that turn the writing direction, or U+FFFD',
}

const NO_WORDS = 'does not have the form that it must have'

function toFault(error: ErrorObject): Fault {
  const { instancePath: pointer, keyword, params, parentSchema } = error
  const name = (key: string) => String((params as Record<string, unknown>)[key])
  switch (keyword) {
    case 'required':
      return { pointer: pointerTo(pointer, name('missingProperty')), detail: 'is missing; add it' }
    case 'additionalProperties':
      return {
        pointer: pointerTo(pointer, name('additionalProperty')),
        detail: 'is not a known member; remove it',
      }
    case 'format':
      return { pointer, detail: FORMATS[name('format')] ?? `must be a ${name('format')}` }
    case 'type':
      return {
        pointer,
        detail:
          params['type'] === 'boolean'
            ? 'must be true or false'
            : `must be of type ${name('type')}`,
      }
    case 'pattern':
      // The schema says beside a pattern what it asks for, in words.
      return { pointer, detail: parentSchema?.['description'] ?? NO_WORDS }
    case 'enum':
      return {
        pointer,
        detail: `must be one of ${(params as { allowedValues: string[] }).allowedValues.join(', ')}`,
      }
    default:
      return { pointer, detail: error.message ?? 'is not as it must be' }
  }
}
