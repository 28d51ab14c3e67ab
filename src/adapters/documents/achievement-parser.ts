/** Achievement files, as FRL staff write them in YAML or JSON. */
import { type Static, Type } from 'typebox'
import type { AchievementParser } from '../../application/ports/documents.js'
import { IssuerError } from '../../domain/issuer-error.js'
import { compileChecker } from './request-checker.js'

const strict = { additionalProperties: false } as const
const text = (maxLength: number) =>
  Type.String({
    minLength: 1,
    maxLength,
    format: 'plain-text',
    pattern: '\\S',
    description: 'must not be blank',
  })
const description = 'must be small letters, digits and hyphens'
const slug = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,79}$', description })
const key = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,49}$', description })
const url = Type.String({ format: 'https-url' })

const LEVEL = Type.Object(
  {
    level: key,
    name: text(200),
    description: Type.Optional(text(2000)),
    points: Type.Optional(Type.String({ pattern: '^[0-9]{1,6}$' })),
  },
  strict,
)

const ACHIEVEMENT = Type.Object(
  {
    slug,
    name: text(200),
    description: text(2000),
    achievementType: Type.String({
      pattern: '^(ext:)?[A-Za-z]{1,60}$',
      default: 'MicroCredential',
    }),
    criteria: text(20_000),
    image: Type.Object(
      { file: Type.String({ pattern: '^[\\w./-]{1,200}\\.(svg|png)$' }), caption: text(500) },
      strict,
    ),
    inLanguage: Type.Optional(
      Type.String({ pattern: '^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$' }),
    ),
    tags: Type.Array(text(100), { maxItems: 30, uniqueItems: true, default: [] }),
    alignments: Type.Array(
      Type.Object(
        {
          targetName: text(200),
          targetUrl: url,
          targetCode: Type.Optional(text(100)),
          targetDescription: Type.Optional(text(2000)),
          targetFramework: Type.Optional(text(200)),
          targetType: Type.Optional(
            Type.String({
              pattern:
                '^(ceasn:Competency|ceterms:Credential|CFItem|CFRubric|CFRubricCriterion|CFRubricCriterionLevel|CTDL|ext:[\\w.-]{1,60})$',
            }),
          ),
        },
        strict,
      ),
      { maxItems: 30, uniqueItems: true, default: [] },
    ),
    rubric: Type.Array(
      Type.Object(
        {
          criterion: key,
          name: text(200),
          levels: Type.Array(LEVEL, { minItems: 1, maxItems: 10 }),
          requiredLevel: Type.Optional(key),
        },
        strict,
      ),
      { maxItems: 20, default: [] },
    ),
    release: Type.Unsafe<'automatic' | 'staff'>({
      type: 'string',
      enum: ['automatic', 'staff'],
      default: 'automatic',
    }),
    issuer: Type.Optional(slug),
    validityMonths: Type.Optional(Type.Integer({ minimum: 1, maximum: 1200 })),
  },
  strict,
)

type FileShape = Static<typeof ACHIEVEMENT>

export function createAchievementParser(): AchievementParser {
  const check = compileChecker<FileShape>(ACHIEVEMENT, 'ACHIEVEMENT_INVALID')
  return {
    parse(input) {
      const { image, criteria, ...rest } = check(input)
      assertKeysOnce(rest.rubric)
      const definition = {
        ...rest,
        criteria: { narrative: criteria.trim() },
        image: { caption: image.caption },
      }
      return { definition, artFile: image.file }
    },
  }
}

/** Keys become ids, so each criterion, and each level within one, has its own. */
function assertKeysOnce(rubric: FileShape['rubric']): void {
  assertUnique(
    rubric.map((row) => row.criterion),
    '/rubric',
  )
  for (const [index, row] of rubric.entries()) {
    const levels = row.levels.map((one) => one.level)
    assertUnique(levels, `/rubric/${index}/levels`)
    if (row.requiredLevel !== undefined && !levels.includes(row.requiredLevel)) {
      throw invalid(
        `/rubric/${index}/requiredLevel`,
        `“${row.requiredLevel}” is none of its levels`,
      )
    }
  }
}

function assertUnique(keys: readonly string[], pointer: string): void {
  const twice = keys.find((key, index) => keys.indexOf(key) !== index)
  if (twice !== undefined) throw invalid(pointer, `“${twice}” stands twice`)
}

function invalid(pointer: string, detail: string): IssuerError {
  return new IssuerError('ACHIEVEMENT_INVALID', `${pointer} ${detail}.`, {
    pointer,
    faults: [{ pointer, detail }],
  })
}
