/** The pages repeat what the code lists; here they are held against it. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { createAchievementParser } from '../../src/adapters/documents/achievement-parser.js'
import { createReviewParser } from '../../src/adapters/documents/review-parser.js'
import { readAchievementFile } from '../../src/adapters/files/achievement-files.js'
import { readReviewFile } from '../../src/adapters/files/review-files.js'
import { PROBLEM_TYPES, problemSlug } from '../../src/adapters/http/problem-types.js'
import { INPUT_RULES } from '../../src/adapters/inputs/refusals.js'
import { SCOPES } from '../../src/application/tokens.js'
import { SETTINGS, type SettingSpec } from '../../src/config/settings-table.js'
import { readComment } from '../../src/domain/endorsement-credential.js'
import { leavesOpen } from '../../src/domain/input-form.js'
import { ENDORSEMENT_LINTS } from '../../src/domain/issuance-lints/endorsement-lints.js'
import { GENERIC_LINTS } from '../../src/domain/issuance-lints/generic-lints.js'
import { ISSUANCE_LINTS } from '../../src/domain/issuance-lints/issuance-lints.js'
import { STATUS_LIST_LINTS } from '../../src/domain/issuance-lints/status-list-lints.js'
import { ERROR_CODES } from '../../src/domain/issuer-error.js'
import { GATE_RULES } from '../../src/domain/raw-gate/gate-refusal.js'
import { assertRubricFits } from '../../src/domain/rubric.js'
import { CHECK_NAMES } from '../../src/domain/verification-report.js'
import { SAMPLE_ENDORSEMENTS } from '../support/districts.js'
import { listFiles, ROOT, readText, tableRows } from '../support/repository-files.js'
import { readArt, SAMPLE_ACHIEVEMENT } from '../support/service.js'

const api = readText('docs/api.md')
const apiRows = tableRows(api)
const settingRows = tableRows(readText('docs/operations.md'))
const profileRows = tableRows(readText('docs/credential-profile.md'))
const pages = listFiles().filter((name) => name.endsWith('.md'))

const rowOf = (rows: readonly (readonly string[])[], name: string) =>
  rows.find((row) => row[0] === name)

describe('docs/api.md', () => {
  it.each(ERROR_CODES)('has the problem %s with its type and status', (code) => {
    const [, type, status, meaning = ''] = rowOf(apiRows, code) ?? []
    expect({ type, status }).toEqual({
      type: `/problems/${problemSlug(code)}`,
      status: String(PROBLEM_TYPES[code].status),
    })
    expect(meaning.length).toBeGreaterThan(10)
  })

  it('has no problem that does not exist', () => {
    const listed = apiRows.filter((row) => row[1]?.startsWith('/problems/')).map((row) => row[0])
    expect(listed).toEqual(ERROR_CODES)
  })

  it('has every gate rule with its meaning, and none that does not exist', () => {
    const rules = Object.keys(GATE_RULES)
    const listed = apiRows.filter(
      (row) => row.length === 2 && /^[a-z]+(-[a-z]+)*$/.test(row[0] ?? ''),
    )
    expect(listed.filter(([, meaning = '']) => meaning.length > 10).map(([rule]) => rule)).toEqual(
      rules,
    )
  })

  it('has every rule for inputs with its verdict, and none that does not exist', () => {
    const verdictOf = (rule: string) => (leavesOpen(rule) ? 'unknown' : 'invalid')
    const listed = apiRows.filter(([, verdict = '']) => /^(?:invalid|unknown)$/.test(verdict))
    expect(listed.map(([rule, verdict]) => [rule, verdict])).toEqual(
      Object.keys(INPUT_RULES).map((rule) => [rule, verdictOf(rule)]),
    )
  })

  it('names every rule by which a picture is not read', () => {
    const drawing = /\/(?:art-renderer|draw-apart)\.ts$/
    const sources = listFiles().filter(
      (name) => name.startsWith('src/adapters/images/') && !drawing.test(name),
    )
    const rules = sources.flatMap((name) =>
      [...readText(name).matchAll(/imageInvalid\(\s*'([a-z-]+)'/g)].map(([, rule = '']) => rule),
    )
    expect(rules.length).toBeGreaterThan(20)
    expect(rules.filter((rule) => !api.includes(`\`${rule}\``))).toEqual([])
  })

  it('shows a review that the sample achievement accepts', async () => {
    const [, example = ''] = /```json\n([\s\S]*?)```/.exec(api) ?? []
    const review = createReviewParser().parse(JSON.parse(example))
    const { file, art } = await readAchievementFile(
      SAMPLE_ACHIEVEMENT,
      createAchievementParser(),
      readArt,
    )
    const achievement = { ...file.definition, version: 1, digest: '', art }
    expect(review.achievement).toBe(achievement.slug)
    expect(() => assertRubricFits(review, achievement)).not.toThrow()
  })

  it('shows the review that lies in a file, and other files show the same form', () => {
    const [, example = ''] = /```json\n([\s\S]*?)```/.exec(api) ?? []
    expect(JSON.parse(readText('scripts/demo/review.json'))).toEqual(JSON.parse(example))
    const parser = createReviewParser()
    for (const name of ['review.json', 'reviews.csv', 'reviews.ndjson']) {
      const entries = readReviewFile(path.join(ROOT, 'scripts/demo', name))
      for (const { value } of entries) expect(parser.parse(value).achievement).toMatch(/^empower/)
    }
  })

  it('has endorsements of five districts among the samples, each marked as a sample', () => {
    const issuers = SAMPLE_ENDORSEMENTS.map(({ issuer }) => issuer.name)
    expect(new Set(issuers).size).toBe(5)
    for (const { comment, issuer } of SAMPLE_ENDORSEMENTS) {
      expect(readComment(comment)).toEqual({ text: expect.stringMatching(/^Sample text: /) })
      expect(issuer.description).toContain('A sample issuer')
    }
  })

  it('names every check of a report in order, and every scope', () => {
    const places = CHECK_NAMES.map((name) => api.indexOf(`\`${name}\``))
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((a, b) => a - b))
    for (const scope of SCOPES) expect(api).toContain(`\`${scope}\``)
  })
})

describe('docs/operations.md', () => {
  it.each(Object.entries<SettingSpec>(SETTINGS))(
    'has %s with its default and meaning',
    (name, spec) => {
      const none = spec.required === true ? '(required)' : '–'
      expect(rowOf(settingRows, name)).toEqual([name, spec.fallback ?? none, spec.meaning])
    },
  )

  it('has no setting that does not exist', () => {
    const listed = settingRows.map((row) => row[0] ?? '').filter((name) => /^[A-Z_]+$/.test(name))
    expect(listed).toEqual(Object.keys(SETTINGS))
  })
})

describe('docs/credential-profile.md', () => {
  it('lists the lints in the order in which they run, each with its clause', () => {
    const known = new Map(ISSUANCE_LINTS.map((lint) => [lint.name, lint.citation]))
    const listed = profileRows.filter((row) => known.has(row[0] ?? ''))
    expect(listed.map((row) => [row[0], row[2]])).toEqual([...known])
  })

  it('names every lint for status lists and endorsements', () => {
    const text = readText('docs/credential-profile.md')
    for (const { name } of [...STATUS_LIST_LINTS, ...ENDORSEMENT_LINTS, ...GENERIC_LINTS])
      expect(text).toContain(`\`${name}\``)
  })
})

describe('pages', () => {
  it.each(pages)('%s links only to what is there', (name) => {
    const links = [...readText(name).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(
      ([, to = '']) => to,
    )
    const local = links.filter((to) => !/^(https:|mailto:)/.test(to))
    const missing = local.filter((to) => !existsSync(path.join(ROOT, path.dirname(name), to)))
    expect(missing).toEqual([])
  })

  it('of docs are each linked from README', () => {
    const readme = readText('README.md')
    const docs = pages.filter((name) => /^docs\/[^/]+\.md$/.test(name))
    expect(docs.length).toBeGreaterThan(3)
    expect(docs.filter((name) => !readme.includes(`(${name})`))).toEqual([])
  })
})
