/** A letter as text and as HTML that mail programs show alike: one column, no picture, no script. */
import type { JSX } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { LetterFacts, LetterWriter, MailLanguage } from '../../application/ports/mail.js'
import { LETTERS, type Words } from './letter-words.js'

const PAGE = 'margin:0;padding:24px;background:#f2ecdf;color:#231f1a'
const SHEET =
  'max-width:34rem;margin:0 auto;padding:32px;border:1px solid #d8cdb8;border-top:4px solid #1d4d3d;background:#fcf9f2;font:17px/1.55 Georgia,serif'
const BUTTON =
  'display:inline-block;padding:12px 24px;background:#1d4d3d;color:#fcf9f2;text-decoration:none;font-weight:bold'
const QUIET = 'color:#5c5347;font-size:15px;overflow-wrap:anywhere'

export const writeLetter: LetterWriter = (facts, language) => {
  const words = LETTERS[language][facts.kind](facts)
  return {
    subject: oneLine(words.subject),
    text: toText(words, facts),
    html: `<!doctype html>${renderToString(<Page words={words} facts={facts} language={language} />)}`,
  }
}

/** A name that holds a line break must not begin another header. */
function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim()
}

function toText({ before, after }: Words, { link, issuerName }: LetterFacts): string {
  return [...before, link, ...after, `-- \n${issuerName}`].join('\n\n')
}

function Page(props: {
  readonly words: Words
  readonly facts: LetterFacts
  readonly language: MailLanguage
}): JSX.Element {
  const { words, facts, language } = props
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{oneLine(words.subject)}</title>
      </head>
      <body style={PAGE}>
        <main style={SHEET}>
          {words.before.map((line) => (
            <p>{line}</p>
          ))}
          <p>
            <a href={facts.link} style={BUTTON}>
              {words.button}
            </a>
          </p>
          {words.after.map((line) => (
            <p>{line}</p>
          ))}
          <p style={QUIET}>{facts.link}</p>
          <p style={QUIET}>{facts.issuerName}</p>
        </main>
      </body>
    </html>
  )
}
