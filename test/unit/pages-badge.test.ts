import { describe, expect, it } from 'vitest'
import { renderBadgePage } from '../../src/adapters/pages/badge-page.js'
import type { Verdict } from '../../src/domain/verification-report.js'
import { countStrayBrackets, findTags } from '../support/html-tags.js'
import {
  privateBadgeView,
  sampleAchievement,
  sampleAssets,
  sampleBadgeView,
  sampleReport,
  sampleReports,
} from '../support/sample-views.js'

const view = sampleBadgeView
const html = renderBadgePage(view, sampleAssets)

function metaContent(page: string, key: string): string | undefined {
  return findTags(page)
    .find((tag) => tag.attributes.get('property') === key || tag.attributes.get('name') === key)
    ?.attributes.get('content')
}

const STATUS_FAILED = sampleReport([
  { name: 'status', outcome: 'failed', sentence: 'The issuer revoked this badge.', next: 'Ask.' },
])
const STATUS_UNKNOWN = sampleReport([
  { name: 'status', outcome: 'unknown', sentence: 'It could not be looked up.', next: 'Later.' },
])

describe('the page of a badge that was taken back', () => {
  const status = { state: 'revoked', changedAt: '2026-06-09T10:00:00Z' } as const
  const replacedBy = 'https://badges.example.org/badges/1vnkrqz5qx8m3c2y7t4w9d6hbe'
  const render = (change: Partial<typeof view>) =>
    renderBadgePage({ ...view, status, ...change }, sampleAssets)

  it('says so once, in the verdict, and what to do', () => {
    const page = render({ report: STATUS_FAILED })
    expect(page).toContain('aria-label="Not valid"')
    expect(page).toContain('<p>Ask.</p>')
    expect(page).not.toContain('class="standing"')
  })

  it('says so beside a verdict that could not be reached, and nothing in its favour', () => {
    const page = render({ report: STATUS_UNKNOWN, status: { ...status, publicReason: 'A <b>.' } })
    expect(page).toContain(
      'Revoked on <time datetime="2026-06-09T10:00:00Z">9 June 2026</time>. The issuer’s reason: A &lt;b>.',
    )
    expect(page).not.toContain('This says nothing against the badge')
    const silent = render({ report: STATUS_UNKNOWN, status: { ...status, state: 'suspended' } })
    expect(silent).toContain('Suspended for the time being on')
    expect(silent).toContain('The issuer gave no public reason.')
  })

  it('leads to the badge that replaced it', () => {
    const page = render({ report: STATUS_FAILED, replacedBy })
    expect(page).toContain(
      `This badge was replaced by <a class="url" href="${replacedBy}">${replacedBy}</a>`,
    )
    expect(page).not.toContain('<p>Ask.</p>')
  })
})

describe('the badge page', () => {
  it('puts the verdict before everything else in main', () => {
    const main = html.slice(html.indexOf('<main'))
    expect(main.indexOf('aria-label="Verdict"')).toBeLessThan(main.indexOf('<h1'))
    expect(main).toContain(
      'Checked on <time datetime="2026-11-23T14:02:09Z">23 November 2026, 14:02 UTC',
    )
  })

  it.each<readonly [Verdict, string, string]>([
    [
      'valid',
      'Valid',
      'Future Ready Librarians signed this badge, nothing in it has changed since',
    ],
    ['invalid', 'Not valid', 'The issuer revoked this badge on 9 June 2026.'],
    [
      'unknown',
      'Could not be checked now',
      'could not be reached. This says nothing against the badge.',
    ],
  ])('says %s in one word and a sentence', (verdict, word, sentence) => {
    const page = renderBadgePage({ ...view, report: sampleReports[verdict] }, sampleAssets)
    expect(page).toContain(`role="img" aria-label="${word}"`)
    expect(page).toContain(`class="verdict verdict-${verdict}"`)
    expect(page).toContain(sentence)
  })

  it('claims that a badge is not revoked only when that was checked', () => {
    const report = sampleReport([{ name: 'status', outcome: 'skipped' }])
    const page = renderBadgePage({ ...view, report }, sampleAssets)
    expect(report.verdict).toBe('valid')
    expect(page).toContain('nothing in it has changed since, and it is within its dates.')
    expect(page).not.toContain('it has not been revoked')
  })

  it('shows name, issuer, identifier, dates and number', () => {
    for (const text of ['Ana María López', 'did:web:badges.example.org', view.code]) {
      expect(html).toContain(text)
    }
    expect(html).toContain('<time datetime="2026-03-02T16:20:00Z">2 March 2026</time>')
    expect(html).toContain('<time datetime="2029-03-02T16:20:00Z">2 March 2029</time>')
  })

  it('says nothing of name or evidence when they are hidden, in head or body', () => {
    const page = renderBadgePage(privateBadgeView, sampleAssets)
    for (const word of ['Ana', 'María', 'López', 'ninety', 'films.example.org', 'q7Zr0m5w']) {
      expect(page).not.toContain(word)
    }
    expect(page).toContain('The earner has not made their name public')
    expect(page).toContain('The earner has not made it public')
  })

  it('offers the signed file only when it is served, and else says whom to ask', () => {
    const file = `href="${view.url}.json"`
    expect(html).toContain(file)
    const page = renderBadgePage(privateBadgeView, sampleAssets)
    expect(page).not.toContain(file)
    expect(page).toContain('Ask the earner for it')
  })

  it('is indexed only when the earner agreed', () => {
    expect(metaContent(html, 'robots')).toBeUndefined()
    expect(metaContent(renderBadgePage(privateBadgeView, sampleAssets), 'robots')).toBe('noindex')
  })

  it('carries canonical address and Open Graph for everyone', () => {
    for (const page of [html, renderBadgePage(privateBadgeView, sampleAssets)]) {
      expect(page.startsWith('<!doctype html><html lang="en">')).toBe(true)
      expect(page).toContain(`<link rel="canonical" href="${view.url}"`)
      expect(metaContent(page, 'og:url')).toBe(view.url)
      expect(metaContent(page, 'og:type')).toBe('website')
      expect(metaContent(page, 'og:title')).toMatch(/^Empowering Students as Creators/)
      expect(metaContent(page, 'og:description')).toBe(metaContent(page, 'description'))
      expect(metaContent(page, 'viewport')).toContain('width=device-width')
    }
  })

  it('gives the art its caption and spells out where the QR code leads', () => {
    const alts = findTags(html)
      .filter((tag) => tag.name === 'img')
      .map((tag) => tag.attributes.get('alt'))
    expect(alts).toEqual([sampleAchievement.image.caption, `QR code that leads to ${view.url}`])
    expect(html).toContain(`href="${view.url}/qr.svg"`)
    expect(html).toContain(`href="${view.url}/qr.png"`)
  })

  it('reads Markdown of evidence up to a length, and shows the rest as typed', () => {
    const item = { name: 'A diary', narrative: `*${'diary '.repeat(3000)}end*` }
    const page = renderBadgePage({ ...view, evidence: [item, item, item] }, sampleAssets)
    expect(page.match(/<em>diary/g)).toHaveLength(2)
    expect(page.match(/class="as-typed"/g)).toHaveLength(1)
  })

  it('explains sealed evidence by its fingerprint', () => {
    expect(html).toContain(
      'Reviewed, not published; its fingerprint is <code class="identifier">q7Zr0m5w',
    )
  })

  it('follows only https links to frameworks and evidence', () => {
    const hrefs = findTags(html).map((tag) => tag.attributes.get('href'))
    expect(hrefs).toContain('https://films.example.org/ninety-seconds')
    expect(html).toContain('A framework on paper')
    expect(html).not.toContain('javascript:')
  })

  it('has a word for every outcome, and keeps notes out of the count', () => {
    const report = sampleReport([
      { name: 'status', outcome: 'unknown', next: 'Try again later.' },
      { name: 'dates', outcome: 'failed' },
      { name: 'issuerTrust', outcome: 'failed' },
    ])
    const page = renderBadgePage({ ...view, report }, sampleAssets)
    for (const word of ['Passed', 'Failed', 'Could not be checked', 'Not checked']) {
      expect(page).toContain(`<span>${word}</span>`)
    }
    expect(page).toContain(
      '6 checks passed, 1 failed, 1 could not be checked, 1 not checked, 2 notes',
    )
    expect(page).toContain('What to do: Try again later.')
    expect(page.match(/class="check check-failed"/g)).toHaveLength(1)
    expect(page.match(/class="check check-note"/g)).toHaveLength(2)
  })

  it('opens the list of checks by itself unless all is well', () => {
    expect(html).toContain('<details><summary>')
    expect(renderBadgePage({ ...view, report: sampleReports.invalid }, sampleAssets)).toContain(
      '<details open',
    )
  })

  it('keeps hostile texts inert in every field', () => {
    const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>\u202e'
    const page = renderBadgePage(
      {
        ...view,
        url: `https://badges.example.org/badges/a"b<c`,
        earner: evil,
        issuer: { id: evil, name: evil, url: `https://a.example/${evil}` },
        achievement: {
          ...sampleAchievement,
          name: evil,
          description: evil,
          achievementType: evil,
          criteria: { narrative: evil },
          image: { caption: evil },
          alignments: [
            {
              targetName: evil,
              targetUrl: evil,
              targetFramework: evil,
              targetCode: evil,
              targetDescription: evil,
            },
          ],
        },
        results: [{ criterion: evil, level: evil, description: evil }],
        evidence: [{ name: evil, genre: evil, narrative: evil, url: evil, sealed: evil }],
        report: sampleReport([{ name: 'dates', outcome: 'failed', sentence: evil, next: evil }]),
      },
      sampleAssets,
    )
    expect(countStrayBrackets(page)).toBe(0)
    expect(page).not.toContain('\u202e')
    const tags = findTags(page)
    expect(tags.filter((tag) => tag.name === 'script' || tag.name === 'style')).toEqual([])
    expect(tags.filter((tag) => tag.name === 'img')).toHaveLength(2)
    expect(
      tags.flatMap((tag) => [...tag.attributes.keys()]).filter((key) => /^on|^style$/.test(key)),
    ).toEqual([])
  })
})
