import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { assertSafeSvg } from '../../src/adapters/images/safe-svg.js'
import { IssuerError } from '../../src/domain/issuer-error.js'

const NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
const svg = (inside: string, attributes = '') => `<svg ${NS} ${attributes}>${inside}</svg>`

/** Thirty groups, each of which refers twice to the one before. */
function doubled(before: string, after: string): string {
  const groups = Array.from({ length: 30 }, (_, index) => {
    const part = `${before}p${index}${after}`
    return `<g id="p${index + 1}">${part}${part}</g>`
  })
  return `<g id="p0"/>${groups.join('')}`
}

function refusalOf(text: string): string | undefined {
  try {
    assertSafeSvg(text)
    return undefined
  } catch (error) {
    if (!(error instanceof IssuerError)) throw error
    expect(error).toMatchObject({ code: 'IMAGE_INVALID', rule: expect.stringMatching(/\S/) })
    return error.message
  }
}

describe('safe art', () => {
  it.each([
    ['a shape', svg('<path d="M0 0h1v1z" fill="#123"/>')],
    ['a declaration', `<?xml version="1.0" encoding="UTF-8"?>\n${svg('<g/>')}`],
    ['a comment', svg('<!-- a seal --><circle r="1"/>')],
    ['words', svg('<title>Seal</title><desc>It &amp; &lt;more&gt; &#233;</desc><text>A</text>')],
    ['a gradient', svg('<defs><linearGradient id="a"/></defs><rect fill="url(#a)"/>')],
    ['a gradient in quotes', svg('<rect fill="url(\'#a\')"/>')],
    ['a part used twice', svg('<symbol id="s"/><use href="#s"/><use xlink:href="#s"/>')],
  ])('may have %s', (_name, text) => {
    expect(refusalOf(text)).toBeUndefined()
  })

  it('is the art of the demo', () => {
    const folder = 'scripts/demo/badges'
    const files = readdirSync(folder)
    expect(files.length).toBeGreaterThan(0)
    for (const name of files)
      expect(refusalOf(readFileSync(`${folder}/${name}`, 'utf8'))).toBeUndefined()
  })
})

describe('hostile art', () => {
  it.each([
    ['a script', svg('<script>alert(1)</script>'), '<script>'],
    ['a script in another case', svg('<Script>alert(1)</Script>'), '<Script>'],
    [
      'a script with a prefix',
      `<svg ${NS} xmlns:s="http://www.w3.org/2000/svg"><s:script/></svg>`,
      '<s:script>',
    ],
    ['HTML', svg('<foreignObject><b/></foreignObject>'), '<foreignObject>'],
    ['a picture from elsewhere', svg('<image href="https://evil.example/a.png"/>'), '<image>'],
    ['a link', svg('<a href="https://evil.example/"><text>x</text></a>'), '<a>'],
    ['a style sheet', svg('<style>@import "https://evil.example/a.css"</style>'), '<style>'],
    ['a style attribute', svg('<g style="background:url(x)"/>'), 'style attribute'],
    ['animation of a link', svg('<animate attributeName="href" to="javascript:1"/>'), '<animate>'],
    ['setting a link', svg('<set attributeName="onload" to="alert(1)"/>'), '<set>'],
    ['an event handler', svg('<g/>', 'onload="alert(1)"'), 'onload'],
    ['an event handler in another case', svg('<g OnClick="alert(1)"/>'), 'OnClick'],
    ['a part of another document', svg('<use href="https://evil.example/a.svg#s"/>'), 'refers to'],
    [
      'a part of another document, by prefix',
      svg('<use xlink:href="//evil.example/a.svg#s"/>'),
      'refers to',
    ],
    [
      'a part by another prefix',
      svg('<use xmlns:l="http://www.w3.org/1999/xlink" l:href="https://evil.example/#s"/>'),
      'refers to',
    ],
    ['a part in a data URI', svg('<use href="data:image/svg+xml,x"/>'), 'refers to'],
    ['a fill from elsewhere', svg('<rect fill="url(https://evil.example/#a)"/>'), 'refers outside'],
    [
      'a fill from elsewhere in quotes',
      svg('<rect fill="url( &quot;//evil.example/&quot;)"/>'),
      'refers outside',
    ],
    [
      'a fill in CSS escapes',
      svg('<rect fill="\\75rl(https://evil.example/)"/>'),
      'refers outside',
    ],
    ['a filter from elsewhere', svg('<rect filter="URL(//evil.example/#f)"/>'), 'refers outside'],
    [
      'a second reference after a good one',
      svg('<rect fill="url(#a) url(//evil.example/)"/>'),
      'refers outside',
    ],
    [
      'a fill from a set of pictures',
      svg('<rect mask="image-set(&quot;//evil.example/&quot; 1x)"/>'),
      'refers outside',
    ],
    ['a base address', svg('<g xml:base="https://evil.example/"/>'), 'xml:base'],
    ['javascript in a value', svg('<g fill="javascript:alert(1)"/>'), 'refers outside'],
    ['entities', `<!DOCTYPE svg [<!ENTITY x "y">]>${svg('<text>&x;</text>')}`, 'DOCTYPE'],
    [
      'an entity from a file',
      `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${svg('')}`,
      'DOCTYPE',
    ],
    ['an unknown entity', svg('<text>&nbsp;</text>'), 'well-formed'],
    [
      'a style sheet instruction',
      `<?xml-stylesheet href="https://evil.example/a.css"?>${svg('')}`,
      'processing instruction',
    ],
    ['an open element', `<svg ${NS}><g></svg>`, 'well-formed'],
    ['two documents', `${svg('')}${svg('')}`, 'not one SVG'],
    ['text alone', 'a seal', 'well-formed'],
    ['nothing', '', 'not one SVG'],
    ['another document', `<g ${NS}/>`, 'not one SVG'],
    ['an unquoted attribute', `<svg ${NS} fill=url(x)/>`, 'well-formed'],
    ['another namespace', '<svg xmlns="http://www.w3.org/1999/xhtml"/>', 'namespace'],
    ['no namespace', '<svg/>', 'namespace'],
    ['a change of namespace inside', svg('<g xmlns="http://www.w3.org/1999/xhtml"/>'), 'namespace'],
    ['too many elements', svg('<g/>'.repeat(5001)), 'more than 5000 elements'],
    ['parts of one name', svg(`<g id="p0"/>${doubled('<use href="#', '"/>')}`), 'twice'],
    ['masks behind a space', svg(doubled('<g mask="url( #', ' )"/>')), 'refers outside'],
    [
      'a filter of many steps',
      svg(`<filter id="f">${'<feFlood/>'.repeat(101)}</filter>`),
      'too often',
    ],
    ['a book', svg(`<text>${'m'.repeat(5001)}</text>`), 'more than 5000 letters'],
    ['a part by an escaped name', svg('<g id="a"/><use href="#%61"/>'), 'refers to'],
    ['a part behind a line end', svg('<g id="a"/><use href="#a&#10;"/>'), 'refers to'],
    ['a part in another’s quotes', svg('<g id="a"/><g mask="url(\'#a)"/>'), 'refers outside'],
    ['an attribute twice', svg('<use href="https://evil.example/a.svg" href="#a"/>'), 'twice'],
    [
      'a path drawn 4,000 times',
      svg(`<path id="p" d="M0 0${'l1 1'.repeat(9000)}"/>${'<use href="#p"/>'.repeat(4000)}`),
      'too often',
    ],
    ['20,000 levels', svg('<g xmlns:a="u">'.repeat(20_000)), 'levels deep'],
    ['a part within itself', svg('<g id="a"><use href="#a"/></g>'), 'refers to itself'],
    ['a mask within itself', svg('<mask id="m"><g mask="url(#m)"/></mask>'), 'refers to itself'],
    ['a billion parts from 40 lines', svg(doubled('<use href="#', '"/>')), 'too often'],
    ['a billion masks from 40 lines', svg(doubled('<g mask="url(#', ')"/>')), 'too often'],
  ])('%s is refused', (_name, text, reason) => {
    expect(refusalOf(text)).toContain(reason)
  })
})
