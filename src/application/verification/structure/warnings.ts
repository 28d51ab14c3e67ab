/** What to know of a badge that has the right form all the same; nothing here counts against it. */
import {
  hasType,
  type JsonObject,
  type JsonValue,
  listMember,
  member,
  pointerTo,
  textMember,
} from '../../../domain/json.js'
import type { CheckProblem } from '../../../domain/verification-report.js'
import { problem } from '../check-results.js'
import { deceptiveNames } from './deceptive-names.js'

export type StructureWarning = {
  readonly sentence: string
  readonly problems: readonly CheckProblem[]
}

/**
 * @param compacted pointers of single values that stand where the plain schema wants lists
 * @returns one for each kind of warning, in the order of the official validator's probes
 */
export function structureWarnings(
  document: JsonObject,
  compacted: readonly string[],
): readonly StructureWarning[] {
  const kinds = [
    warning(COMPACTED, 'compacted-form', compacted),
    warning(UNREAD_SCHEMA, 'schema-not-checked', foreignSchemas(document)),
    warning(LOOSE_RESULT, 'result-not-described', looseResults(document)),
    warning(ISSUER_AS_TEXT, 'issuer-as-text', issuerAsText(document)),
    warning(DECEPTIVE_NAME, 'name-deceptive', deceptiveNames(document)),
  ]
  return kinds.filter(({ problems }) => problems.length > 0)
}

const COMPACTED =
  'Where it has one value of several it writes no list; strict readers warn of that.'
const UNREAD_SCHEMA =
  'It names a form of its own beside that of the standard; whether it has it could not be checked, as forms of others are never fetched.'
const LOOSE_RESULT = 'It names a result that its achievement does not describe.'
const ISSUER_AS_TEXT = 'It names its issuer by an address alone; some readers want more.'
const DECEPTIVE_NAME =
  'Take care: a name in it mixes letters of two alphabets or has marks that cannot be seen, so it can look like another name.'

function warning(sentence: string, code: string, at: readonly string[]): StructureWarning {
  return { sentence, problems: at.map((pointer) => problem(code, pointer)) }
}

const SCHEMA_TYPE = '1EdTechJsonSchemaValidator2019'

/** The published schemas of Open Badges 3.0, plain and compacted; ours give the same verdicts. */
const OPEN_BADGES_SCHEMA =
  /^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/schema\/json(?:-ld)?\/ob_v3p0_(?:any)?(?:achievement|endorsement)credential_schema\.json$/

/** Section 9.1 step 1 would have them fetched; who writes a badge must not choose what we fetch. */
function foreignSchemas(document: JsonObject): readonly string[] {
  const schemas = member(document, 'credentialSchema')
  return listMember(document, 'credentialSchema').flatMap((schema, index) => {
    const isKnown = OPEN_BADGES_SCHEMA.test(textMember(schema, 'id') ?? '')
    if (!hasType(schema, SCHEMA_TYPE) || isKnown) return []
    return [Array.isArray(schemas) ? `/credentialSchema/${index}` : '/credentialSchema']
  })
}

/** Class Result: both name parts of the same achievement, and a status is there when one is asked for. */
function looseResults(document: JsonObject): readonly string[] {
  const subject = member(document, 'credentialSubject')
  const described = listMember(member(subject, 'achievement'), 'resultDescription')
  return listMember(subject, 'result').flatMap((result, index) =>
    looseMembers(result, described).map((name) =>
      pointerTo(`/credentialSubject/result/${index}`, name),
    ),
  )
}

function looseMembers(result: JsonValue, described: readonly JsonValue[]): readonly string[] {
  const [id, level] = [textMember(result, 'resultDescription'), textMember(result, 'achievedLevel')]
  const description = described.find((one) => id !== undefined && textMember(one, 'id') === id)
  const isDescribed = id === undefined || description !== undefined
  const levels = listMember(description, 'rubricCriterionLevel').map((one) => textMember(one, 'id'))
  const wantsStatus = textMember(description, 'resultType') === 'Status'
  return [
    ...(isDescribed ? [] : ['resultDescription']),
    ...(level === undefined || levels.includes(level) ? [] : ['achievedLevel']),
    ...(wantsStatus && textMember(result, 'status') === undefined ? ['status'] : []),
  ]
}

/** The standard allows it; the official validator stops there. */
function issuerAsText(document: JsonObject): readonly string[] {
  return typeof member(document, 'issuer') === 'string' ? ['/issuer'] : []
}
