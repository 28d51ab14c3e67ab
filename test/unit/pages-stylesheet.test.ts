import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { FONT_FILES } from '../../src/adapters/pages/fonts.js'
import { TOKENS } from '../../src/adapters/pages/styles/tokens.js'
import { STYLESHEET } from '../../src/adapters/pages/stylesheet.js'

/** Relative luminance of `#rrggbb` (WCAG 2.2). */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

function readColours(css: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...css.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name, hex]),
  )
}

const [light = '', dark = ''] = TOKENS.split('@media')

describe.each([
  ['light', readColours(light)],
  ['dark', readColours(dark)],
])('the %s theme', (_name, colours) => {
  const TEXT = ['ink', 'ink-soft', 'cloth', 'valid', 'invalid', 'unknown']

  it.each(TEXT)('is readable (AA) in %s on desk and paper', (name) => {
    for (const ground of ['desk', 'paper']) {
      expect(contrast(colours[name] ?? '', colours[ground] ?? '')).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('has readable buttons and visible field borders', () => {
    expect(contrast(colours['cloth-ink'] ?? '', colours['cloth'] ?? '')).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colours['rule-strong'] ?? '', colours['paper'] ?? '')).toBeGreaterThanOrEqual(3)
  })
})

describe('the style sheet', () => {
  it('names exactly the font files that are served', () => {
    const named = [...STYLESHEET.matchAll(/url\('\/assets\/fonts\/([^']+)'\)/g)].map(
      ([, file]) => file,
    )
    expect(named.toSorted()).toEqual(FONT_FILES.map(({ file }) => file).toSorted())
    expect(named).toHaveLength(12)
  })

  it.each(FONT_FILES)('finds $file as woff2', ({ path }) => {
    expect(readFileSync(path).subarray(0, 4).toString('latin1')).toBe('wOF2')
  })

  it('fetches nothing from elsewhere and can be put into a style element', () => {
    expect(STYLESHEET).not.toMatch(/https?:\/\/|@import|<\//)
    expect(STYLESHEET.split('{').length).toBe(STYLESHEET.split('}').length)
  })

  it('has rules for dark, print, forced colours and focus', () => {
    for (const rule of [
      'prefers-color-scheme: dark',
      '@media print',
      'forced-colors: active',
      ':focus-visible',
      'prefers-reduced-motion',
    ]) {
      expect(STYLESHEET).toContain(rule)
    }
  })
})
