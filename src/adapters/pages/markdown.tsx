/** Markdown from reviewers and staff, as a short list of harmless elements. */
import { lexer, type MarkedToken, type Token, type Tokens } from 'marked'
import type { ComponentChildren, JSX } from 'preact'
import { ProseLink, toHttpsUrl, toMailtoUrl } from './links.js'
import { plainText } from './plain-text.js'

/** Longer texts are shown as they are, so that nobody can make the page slow. */
const LENGTH_MAX = 20_000
/**
 * How many marks one paragraph may have. The lexer pairs emphasis and looks for links by going over
 * the paragraph again for each mark: 20,000 characters of nothing else take it a second.
 */
const MARKS_MAX = 400
const MARK = /[*_~`[<@!]|:\/\/|www\./g
/** Lines of one paragraph or list; and lines in all, as loose lists are read again for each item. */
const LINES_MAX = 300
const ALL_LINES_MAX = 1500
const BLANK_LINE = /\n[ \t]*\n/
/** Lists and quotations nested deeper than this are shown as their source. */
const DEPTH_MAX = 8
/** A line that opens so many quotations and lists at once is nobody's prose, and slow to read. */
const ABSURD_NESTING = /^(?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])){64}/m

/**
 * Renders Markdown (CommonMark with GitHub's automatic links). Allowed: paragraphs, headings (all
 * as `h4`), lists, strong, em, code, quotations, rules, line breaks, and links to https or mailto.
 * Everything else, raw HTML and images included, is shown as the text that was typed. The result is
 * made of elements, never of HTML strings.
 */
export function Markdown(props: {
  readonly text: string
  /** Shows the text as it was typed. */
  readonly asTyped?: boolean
}): JSX.Element {
  const text = plainText(props.text)
  const tokens = props.asTyped === true ? undefined : tokenise(text)
  return (
    <div class="prose" dir="auto">
      {tokens === undefined ? <p class="as-typed">{text}</p> : renderAll(tokens, 0)}
    </div>
  )
}

/** The tokens, or undefined when the text is too long or too dense to be read as Markdown. */
function tokenise(text: string): readonly Token[] | undefined {
  if (text.length > LENGTH_MAX || ABSURD_NESTING.test(text) || isDense(text)) return undefined
  try {
    return lexer(text)
  } catch (error) {
    // The lexer calls itself for each level of nesting and can run out of stack.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function isDense(text: string): boolean {
  return (
    countLines(text) > ALL_LINES_MAX ||
    text
      .split(BLANK_LINE)
      .some(
        (paragraph) =>
          (paragraph.match(MARK)?.length ?? 0) > MARKS_MAX || countLines(paragraph) > LINES_MAX,
      )
  )
}

function countLines(text: string): number {
  return text.split('\n').length
}

function renderAll(tokens: readonly Token[] | undefined, depth: number): ComponentChildren {
  return (tokens ?? []).map((token) => render(token as MarkedToken, depth))
}

function render(token: MarkedToken, depth: number): ComponentChildren {
  if (depth > DEPTH_MAX) return token.raw
  switch (token.type) {
    case 'space':
    case 'checkbox':
    case 'def':
      return null
    case 'paragraph':
      return <p>{renderAll(token.tokens, depth + 1)}</p>
    case 'heading':
      return <h4>{renderAll(token.tokens, depth + 1)}</h4>
    case 'hr':
      return <hr />
    case 'blockquote':
      return <blockquote>{renderAll(token.tokens, depth + 1)}</blockquote>
    case 'code':
      return (
        <pre>
          <code>{token.text}</code>
        </pre>
      )
    case 'list':
      return renderList(token, depth)
    case 'html':
    case 'table':
      return 'block' in token && !token.block ? token.raw : <p class="as-typed">{token.raw}</p>
    default:
      return renderInline(token, depth)
  }
}

function renderInline(token: MarkedToken, depth: number): ComponentChildren {
  switch (token.type) {
    case 'text':
      return token.tokens === undefined ? token.text : renderAll(token.tokens, depth)
    case 'escape':
      return token.text
    case 'strong':
      return <strong>{renderAll(token.tokens, depth + 1)}</strong>
    case 'em':
      return <em>{renderAll(token.tokens, depth + 1)}</em>
    case 'codespan':
      return <code>{token.text}</code>
    case 'br':
      return <br />
    case 'link':
      return renderLink(token, depth)
    default:
      return token.raw
  }
}

function renderList(list: Tokens.List, depth: number): JSX.Element {
  const items = list.items.map((item) => <li>{renderAll(item.tokens, depth + 1)}</li>)
  if (!list.ordered) return <ul>{items}</ul>
  return list.start === '' || list.start === 1 ? (
    <ol>{items}</ol>
  ) : (
    <ol start={list.start}>{items}</ol>
  )
}

/** A link to any other scheme stays the text that was typed, target included. */
function renderLink(link: Tokens.Link, depth: number): ComponentChildren {
  const href = toHttpsUrl(link.href) ?? toMailtoUrl(link.href)
  if (href === undefined) return link.raw
  return <ProseLink href={href}>{renderAll(link.tokens, depth + 1)}</ProseLink>
}
