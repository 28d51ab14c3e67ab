import { describe, expect, it } from 'vitest'
import { renderAchievementPage } from '../../src/adapters/pages/achievement-page.js'
import { renderBadgePage } from '../../src/adapters/pages/badge-page.js'
import { renderConformanceKitPage } from '../../src/adapters/pages/conformance-kit-page.js'
import { renderEndorsementPage } from '../../src/adapters/pages/endorsement-page.js'
import { renderHomePage } from '../../src/adapters/pages/home-page.js'
import { renderIssuerPage } from '../../src/adapters/pages/issuer-page.js'
import { renderProblemPage, renderProblemTypesPage } from '../../src/adapters/pages/problem-page.js'
import { renderVerifyPage } from '../../src/adapters/pages/verify-page.js'
import { countStrayBrackets, findTags } from '../support/html-tags.js'
import {
  sampleAchievement,
  sampleAssets,
  sampleBadgeView,
  sampleEndorsements,
  sampleIssuer,
  sampleReport,
  sampleReports,
} from '../support/sample-views.js'

const url = sampleBadgeView.achievementUrl
const key = {
  methodId: 'did:web:badges.example.org#z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
  keyId: 'z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
  algorithm: 'Ed25519' as const,
  state: 'active' as const,
  created: '2026-01-05T09:00:00Z',
}

const home = renderHomePage(
  { achievements: [{ achievement: sampleAchievement, url }] },
  sampleAssets,
)
const achievement = renderAchievementPage(
  {
    achievement: sampleAchievement,
    url,
    issuer: sampleIssuer,
    isLatest: true,
    endorsements: sampleEndorsements,
    latestUrl: url,
  },
  sampleAssets,
)
const issuer = renderIssuerPage(
  {
    issuer: sampleIssuer,
    url: 'https://badges.example.org/issuer',
    keys: [key],
    didDocumentUrl: 'https://badges.example.org/.well-known/did.json',
    endorsements: [],
  },
  sampleAssets,
)
const problem = renderProblemPage(
  {
    status: 404,
    title: 'There is no badge here',
    detail: 'Cut off?',
    next: 'Scan again.',
    id: '01JD8Z3K',
  },
  sampleAssets,
)
const problemTypes = renderProblemTypesPage(
  { types: [{ slug: 'conflict', title: 'Conflict', status: 409, detail: 'Another content.' }] },
  sampleAssets,
)

const PAGES: readonly (readonly [string, string])[] = [
  ['badge', renderBadgePage(sampleBadgeView, sampleAssets)],
  ['verify', renderVerifyPage({}, sampleAssets)],
  ['verify with result', renderVerifyPage({ report: sampleReports.invalid }, sampleAssets)],
  ['home', home],
  ['achievement', achievement],
  ['issuer', issuer],
  ['problem', problem],
  ['problem types', problemTypes],
]

describe.each(PAGES)('the %s page', (_name, html) => {
  const tags = findTags(html)

  it('is a complete document with one main, one h1 and its style sheet', () => {
    expect(html.startsWith('<!doctype html><html lang="en">')).toBe(true)
    expect(html.endsWith('</html>')).toBe(true)
    expect(countStrayBrackets(html)).toBe(0)
    for (const name of ['title', 'main', 'h1', 'footer']) {
      expect(tags.filter((tag) => tag.name === name)).toHaveLength(1)
    }
    expect(html).toContain('<link rel="stylesheet" href="/assets/site.css"')
  })

  it('holds nothing that a strict content security policy would stop', () => {
    expect(tags.filter((tag) => tag.name === 'script' || tag.name === 'style')).toEqual([])
    const keys = tags.flatMap((tag) => [...tag.attributes.keys()])
    expect(keys.filter((name) => name === 'style' || name.startsWith('on'))).toEqual([])
  })

  it('has unique ids and describes itself', () => {
    const ids = tags.flatMap((tag) => tag.attributes.get('id') ?? [])
    expect(new Set(ids).size).toBe(ids.length)
    expect(html).toMatch(/<meta name="description" content="[^"]+"/)
    expect(html).toMatch(/<meta property="og:title" content="[^"]+"/)
  })
})

describe('the verify page', () => {
  it('posts a file or a text and one question to /verify without script', () => {
    const tags = findTags(renderVerifyPage({}, sampleAssets))
    const form = tags.find((tag) => tag.name === 'form')?.attributes
    expect(form?.get('method')).toBe('post')
    expect(form?.get('action')).toBe('/verify')
    expect(form?.get('enctype')).toBe('multipart/form-data')
    const names = tags.flatMap((tag) =>
      tag.name === 'meta' ? [] : (tag.attributes.get('name') ?? []),
    )
    expect(names).toEqual(['file', 'credential', 'recipient'])
  })

  it('gives back what was sent, escaped', () => {
    const pasted = (text: string) => renderVerifyPage({ pasted: text }, sampleAssets)
    expect(pasted('</textarea><script>')).toContain('>&lt;/textarea>&lt;script></textarea>')
    expect(pasted('https://a.example/?"<')).toContain('>https://a.example/?&quot;&lt;</textarea>')
  })

  it('never lets a badge name its own signer in the verdict', () => {
    const report = sampleReport()
    const named = {
      ...report,
      badge: report.badge && { ...report.badge, issuerName: 'Famous University' },
    }
    const html = renderVerifyPage(
      { report: { ...report, ...(named.badge ? { badge: named.badge } : {}) } },
      sampleAssets,
    )
    expect(html).toContain('The issuer that the badge names signed this badge')
    expect(html).not.toContain('Famous University signed')
    expect(html).toContain('What the badge says')
  })

  it('calls the contents a claim unless the badge is valid, and is not indexed with a result', () => {
    const html = renderVerifyPage({ report: sampleReports.unknown }, sampleAssets)
    expect(html).toContain('What the badge claims, unconfirmed')
    expect(html).toContain('content="noindex"')
    expect(renderVerifyPage({}, sampleAssets)).not.toContain('noindex')
  })

  it('repeats nothing from a text that no issuer signed', () => {
    const changed = renderVerifyPage(
      { report: sampleReport([{ name: 'proof', outcome: 'failed' }]) },
      sampleAssets,
    )
    const expired = renderVerifyPage(
      { report: sampleReport([{ name: 'dates', outcome: 'failed' }]) },
      sampleAssets,
    )
    expect(changed).not.toContain('Empowering Students as Creators')
    expect(expired).toContain('Empowering Students as Creators')
  })

  it('shows dates that are no dates as they are', () => {
    const report = sampleReport([{ name: 'dates', outcome: 'failed' }])
    const badge = report.badge && { ...report.badge, awardedDate: '<b>soon</b>\u202e' }
    const html = renderVerifyPage(
      { report: { ...report, ...(badge ? { badge } : {}) } },
      sampleAssets,
    )
    expect(html).toContain('&lt;b>soon&lt;/b></time>')
    expect(html).not.toContain('\u202e')
  })

  it('shows a refusal with its rule, and no verdict', () => {
    const html = renderVerifyPage(
      { refusal: { title: 'Not well-formed', detail: 'Two members.', rule: 'no-duplicates' } },
      sampleAssets,
    )
    expect(html).toContain('<h1>Nothing was checked</h1>')
    for (const text of ['Two members.', 'Not well-formed', 'no-duplicates']) {
      expect(html).toContain(text)
    }
    expect(html).not.toContain('aria-label="Verdict"')
  })
})

describe('the other pages', () => {
  it('list the catalogue and offer the form on the front page', () => {
    expect(home).toContain(`<a href="${url}">Empowering Students as Creators</a>`)
    expect(home).toContain('action="/verify"')
    expect(renderHomePage({ achievements: [] }, sampleAssets)).toContain(
      'Nothing has been published yet.',
    )
  })

  it('say on the front page who awards what is not the programme’s own', () => {
    const entry = { achievement: sampleAchievement, url, issuerName: 'Vista <b>Unified' }
    const html = renderHomePage({ achievements: [entry] }, sampleAssets)
    expect(html).toContain('Micro-credential of <bdi>Vista &lt;b>Unified</bdi>')
    expect(home).not.toContain('<bdi>')
  })

  it('mark the level that a badge needs, and point from old versions to the newest', () => {
    expect(achievement.match(/needed for the badge/g)).toHaveLength(2)
    expect(achievement).toContain('A badge stays valid for 36 months')
    expect(achievement).not.toContain('earlier version')
    const latestUrl = `${url}-new`
    const old = renderAchievementPage(
      {
        achievement: sampleAchievement,
        url,
        issuer: sampleIssuer,
        isLatest: false,
        endorsements: sampleEndorsements,
        latestUrl,
      },
      sampleAssets,
    )
    expect(old).toContain(`<a href="${latestUrl}">`)
    expect(old).toContain('noindex')
  })

  it('list the keys in use first, and say which are not trusted any more', () => {
    const other = (state: 'retired' | 'compromised' | 'pending', name: string) => ({
      ...key,
      state,
      methodId: `did:web:badges.example.org#${name}`,
      retired: '2026-02-01T00:00:00Z',
      compromisedSince: '2026-01-20T00:00:00Z',
    })
    const html = renderIssuerPage(
      {
        issuer: sampleIssuer,
        url: 'https://badges.example.org/issuer',
        didDocumentUrl: 'https://badges.example.org/.well-known/did.json',
        endorsements: [],
        keys: [
          other('compromised', 'lost'),
          other('retired', 'old'),
          key,
          other('pending', 'next'),
        ],
      },
      sampleAssets,
    )
    const places = [key.methodId, '#next', '#old', '#lost'].map((name) => html.indexOf(name))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(places[0]).toBeGreaterThan(0)
    expect(html).toMatch(/No longer trusted since.*20 January 2026.*our own log shows it/s)
    const token = renderIssuerPage(
      {
        issuer: sampleIssuer,
        url: 'https://badges.example.org/issuer',
        didDocumentUrl: 'https://badges.example.org/.well-known/did.json',
        endorsements: [],
        keys: [{ ...other('compromised', 'lost'), algorithm: 'ES256' }],
      },
      sampleAssets,
    )
    expect(token).toMatch(/Do not rely on tokens that it signed/)
  })

  it('publish every key and the DID document', () => {
    expect(issuer).toContain(key.keyId)
    expect(issuer).toContain(key.methodId)
    expect(issuer).toContain('href="https://badges.example.org/.well-known/did.json"')
    expect(issuer).toContain('href="mailto:badges@example.org"')
  })

  it('show problems with the next step and number, never indexed; types have anchors', () => {
    for (const text of ['There is no badge here', 'Scan again.', '01JD8Z3K', 'noindex']) {
      expect(problem).toContain(text)
    }
    expect(findTags(problemTypes).some((tag) => tag.attributes.get('id') === 'conflict')).toBe(true)
  })

  it('carry the style sheet inside when they are saved', () => {
    const css = "body { font-family: 'Source Serif 4' }"
    const html = renderBadgePage(sampleBadgeView, { ...sampleAssets, stylesheet: { css } })
    expect(html).toContain(`<style>${css}</style>`)
    expect(html).not.toContain('rel="stylesheet"')
  })
})

describe('the page of an achievement that others endorse', () => {
  it('says who, what, and whether it holds, and nothing of one that does not', () => {
    expect(achievement).toContain(
      'Endorsed by <span dir="auto">Vista Unified School District</span>',
    )
    expect(achievement).toContain('<strong>towards</strong>')
    expect(achievement).toContain('In the name of <span dir="auto">A famous university</span>')
    for (const words of [
      'Endorsement verified',
      'Endorsement not verified',
      'could not be checked',
    ])
      expect(achievement).toContain(words)
  })

  it('has no such chapter when nobody does', () => {
    const model = { achievement: sampleAchievement, url, issuer: sampleIssuer, latestUrl: url }
    const page = renderAchievementPage({ ...model, isLatest: true, endorsements: [] }, sampleAssets)
    expect(page).not.toContain('Who endorses it')
  })
})

describe('the result of a check on a badge that others endorse', () => {
  const endorsements = [
    { pointer: '/a', issuerName: 'Vista <b>', outcome: 'passed', sentence: '', problems: [] },
    {
      pointer: '/b',
      issuerName: 'A famous university',
      issuerId: 'did:web:famous.example.org',
      outcome: 'failed',
      sentence: 'Endorsement not verified: The content is not what was signed.',
      problems: [],
    },
    { pointer: '/c', outcome: 'unknown', sentence: 'Endorsement not checked: …', problems: [] },
  ] as const

  it('names each with what was found', () => {
    const page = renderVerifyPage(
      { report: { ...sampleReports.valid, endorsements } },
      sampleAssets,
    )
    expect(page).toContain('Endorsed by <span dir="auto">Vista &lt;b></span>')
    expect(page).toContain('In the name of <span dir="auto">A famous university</span>')
    expect(page).toContain('did:web:famous.example.org')
    expect(page).toContain('The content is not what was signed.')
    expect(page).toContain('In the name of <span dir="auto">somebody without a name</span>')
  })

  it('repeats nothing of a badge that is forged itself', () => {
    const report = sampleReport([{ name: 'proof', outcome: 'failed', sentence: 'Changed.' }])
    const page = renderVerifyPage({ report: { ...report, endorsements } }, sampleAssets)
    expect(page).not.toContain('famous')
  })
})

describe('the page of an endorsement', () => {
  const [holds, fails] = sampleEndorsements
  const shared = {
    url: 'https://badges.example.org/endorsements/3f7k2m9qx0v8c4t1hgz6w5ynrj',
    name: 'Endorsement of <b>Something</b>',
    subjectId: 'https://badges.example.org/achievements/x/1',
    issuerId: 'did:web:badges.example.org:issuers:vista-unified',
    report: sampleReports.valid,
  }

  it('shows the words, the endorser, what is endorsed and the signed document', () => {
    if (holds === undefined) throw new Error('no sample')
    const page = renderEndorsementPage({ ...holds, ...shared }, sampleAssets)
    expect(page).toContain('Endorsement of &lt;b>Something&lt;/b>')
    expect(page).toContain('<strong>towards</strong>')
    expect(page).toContain(`href="${shared.url}.json"`)
    expect(page).toContain(`href="${shared.subjectId}"`)
    expect(page).toContain('Endorsement verified')
    expect(countStrayBrackets(page)).toBe(0)
  })

  it('names an issuer by its identifier, and says in whose name a forged one is', () => {
    if (fails === undefined) throw new Error('no sample')
    const view = { ...fails, ...shared, subjectId: 'did:web:x.example.org' }
    const page = renderEndorsementPage({ ...view, report: sampleReports.invalid }, sampleAssets)
    expect(page).toContain('In the name of')
    expect(page).not.toContain('href="did:')
    expect(page).not.toContain('What it says')
  })
})

describe('the instructions of a conformance kit', () => {
  const kit = {
    badgeUrl: 'https://badges.example.org/badges/3f7k2m9qx0v8c4t1hgz6w5ynrj',
    issuerId: 'did:web:badges.example.org',
    didDocumentUrl: 'https://badges.example.org/.well-known/did.json',
    statusListUrl: 'https://badges.example.org/status/0123456789abcdefghjkmnpqrs',
    hasToken: true,
    report: sampleReports.valid,
    isIndependentlyVerified: true,
  }

  it('name what lies beside them, and no file that does not', () => {
    const page = renderConformanceKitPage(kit, sampleAssets)
    for (const name of ['credential.json', 'credential.jwt', 'badge.png', 'badge.svg', 'did.json'])
      expect(page).toContain(`href="${name}"`)
    expect(page).toContain('verified it too')
    expect(page).not.toContain('trial only')
    const without = renderConformanceKitPage({ ...kit, hasToken: false }, sampleAssets)
    expect(without).not.toContain('credential.jwt')
  })

  it('say when a kit must not be handed in', () => {
    const refused = { ...kit, report: sampleReports.invalid, isIndependentlyVerified: false }
    expect(renderConformanceKitPage(refused, sampleAssets)).toContain('did NOT verify it')
    const trial = { ...kit, badgeUrl: 'http://localhost:3000/badges/x' }
    expect(renderConformanceKitPage(trial, sampleAssets)).toContain('for a trial only')
  })
})
