import fc from 'fast-check'
import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'
import { toHttpsUrl, toMailtoUrl } from '../../src/adapters/pages/links.js'
import { Markdown } from '../../src/adapters/pages/markdown.js'
import { plainLine, plainText } from '../../src/adapters/pages/plain-text.js'
import { countStrayBrackets, findTags } from '../support/html-tags.js'

const ALLOWED_TAGS = new Set('div p h4 ul ol li strong em code pre blockquote hr br a'.split(' '))
const ALLOWED_ATTRIBUTES = new Set(['class', 'dir', 'href', 'rel', 'start'])

function toHtml(text: string): string {
  return renderToString(Markdown({ text }))
}

function expectInert(html: string): void {
  expect(countStrayBrackets(html)).toBe(0)
  for (const tag of findTags(html)) {
    expect(ALLOWED_TAGS).toContain(tag.name)
    for (const key of tag.attributes.keys()) expect(ALLOWED_ATTRIBUTES).toContain(key)
    const href = tag.attributes.get('href')
    if (href !== undefined) expect(href).toMatch(/^(https:\/\/|mailto:)/)
  }
}

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  'before <svg/onload=alert(1)> after',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java\tscript:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](data:text/html;base64,PHNjcmlwdD4=)',
  '[x](vbscript:msgbox)',
  '[x](//evil.example)',
  '[x](https://user:pass@evil.example/)',
  '[x](mailto:a@b.example?body=<script>)',
  '[x](https://ok.example/"onmouseover="alert(1))',
  '<javascript:alert(1)>',
  '![x](https://evil.example/pixel.png)',
  '![x](javascript:alert(1))',
  '[ref]: javascript:alert(1)\n\n[ref]',
  '```html\n</code></pre><script>alert(1)</script>\n```',
  '`<script>`',
  '<!-- comment --> <style>*{display:none}</style>',
  '<a href="javascript:alert(1)">x</a>',
  '| <script> |\n|---|\n| <b>x</b> |',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '# <img src=x onerror=alert(1)>',
  '1. <iframe src=https://evil.example></iframe>',
]

describe('Markdown from users', () => {
  it.each(HOSTILE)('stays inert: %j', (text) => {
    expectInert(toHtml(text))
  })

  it('stays inert whatever hostile pieces are put together', () => {
    const pieces = fc.oneof(
      fc.constantFrom(
        ...HOSTILE,
        '> ',
        '- ',
        '1. ',
        '**',
        '`',
        '\n',
        '\n\n',
        '    ',
        '](',
        '<',
        '>',
        '"',
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
        expectInert(toHtml(parts.join('')))
      }),
      { numRuns: 100 },
    )
  })

  it('renders what is allowed', () => {
    const html = toHtml(
      '# Title\n\nA *little* **bold** `code`\n\n- one\n- two\n\n3. three\n\n> said\n\n---\n\n[go](https://a.example/?x=1&y=2) <me@example.org>',
    )
    expect(html).toContain('<h4>Title</h4>')
    expect(html).toContain('<em>little</em> <strong>bold</strong> <code>code</code>')
    expect(html).toMatch(/<ul><li>one<\/li><li>two<\/li><\/ul>/)
    expect(html).toContain('<ol start="3">')
    expect(html).toContain('<blockquote><p>said</p></blockquote><hr')
    expect(html).toContain(
      '<a href="https://a.example/?x=1&amp;y=2" rel="noopener noreferrer nofollow ugc">go</a>',
    )
    expect(html).toContain('href="mailto:me@example.org"')
  })

  it('shows raw HTML and images as the text that was typed', () => {
    expect(toHtml('a <b>c</b>')).toContain('a &lt;b>c&lt;/b>')
    expect(toHtml('![cat](https://a.example/cat.png)')).toContain(
      '![cat](https://a.example/cat.png)',
    )
  })

  it('survives nesting that would exhaust the stack, and great length', () => {
    expect(toHtml('>'.repeat(20_000))).toContain('as-typed')
    expect(toHtml('1. '.repeat(16_000))).toContain('as-typed')
    expectInert(toHtml(`${'*a **b '.repeat(2_000)}${'['.repeat(2_000)}`))
    expect(toHtml('x '.repeat(30_000))).toContain('as-typed')
    expect(toHtml('x '.repeat(10_000))).not.toContain('as-typed')
    expectInert(toHtml(`${'> '.repeat(40)}<script>`))
  })
})

describe('a paragraph with more marks than prose has', () => {
  const slow = ['a**b**c*_', '__a_', 'a_b_', '~~a~', '**a', '[a](', '`a``b', '<a ', 'https://a.b/(']
  it.each([...slow, 'www.a.b ', 'a@b.c '])('is shown as typed: %j', (pattern) => {
    const dense = pattern.repeat(600)
    expect(toHtml(`Before.\n\n${dense}`)).toContain('as-typed')
    expect(toHtml('A *short* [one](https://a.example/).\n\n'.repeat(400))).not.toContain('as-typed')
  })

  it('is not read when it is told to be shown as typed', () => {
    expect(renderToString(Markdown({ text: '*a*', asTyped: true }))).toContain('>*a*</p>')
  })
})

describe('plain text', () => {
  it('drops control, zero-width and bidirectional characters and nothing else', () => {
    expect(plainText('a\u0000\u0007b\u202egpj\u2066x\u2069\u200b\u200f\ufeff\u007f')).toBe('abgpjx')
    expect(plainText('tab\tline\nAna María 学生 محمد 👩‍🏫'.replace('‍', ''))).toBe(
      'tab\tline\nAna María 学生 محمد 👩🏫',
    )
    expect(plainText('\ud800lone')).toBe('lone')
  })

  it('is shortened by code points, on one line', () => {
    expect(plainLine('  a\n b  ', 10)).toBe('a b')
    expect(plainLine('😀😀😀😀', 3)).toBe('😀😀…')
  })
})

describe('links from outside', () => {
  it('are https without user names, or mail addresses without prepared text', () => {
    expect(toHttpsUrl('https://a.example/b?c=d#e')).toBe('https://a.example/b?c=d#e')
    for (const bad of [
      'http://a.example',
      'javascript:1',
      '//a.example',
      'https://a@b.example',
      '',
    ]) {
      expect(toHttpsUrl(bad)).toBeUndefined()
    }
    expect(toMailtoUrl('mailto:a@example.org')).toBe('mailto:a@example.org')
    expect(toMailtoUrl('mailto:a@example.org?subject=x')).toBeUndefined()
  })
})
