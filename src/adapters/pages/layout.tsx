/** The frame of every page: head, header, main and the line at the foot that says who speaks. */
import type { ComponentChildren, JSX } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { PageAssets } from './page-assets.js'
import { plainLine, plainText } from './plain-text.js'
import { ICON_HREF, PrintersMark } from './printers-mark.js'

const TITLE_MAX = 110
const DESCRIPTION_MAX = 200

/** What a page says about itself, and what it contains. */
export type Page = {
  /** Heading of the window, without the issuer's name. */
  readonly title: string
  /** What a preview of a link calls it, where that is to be another. */
  readonly previewTitle?: string
  readonly description: string
  /** The permanent address; absent on pages that have none, such as errors. */
  readonly url?: string
  /** Whether search engines may keep the page. */
  readonly indexed: boolean
  /** One sentence at the foot: who says this. */
  readonly speaker: string
  readonly assets: PageAssets
  /** What stands in the place of the public pages' links in the header. */
  readonly navigation?: JSX.Element
  /** Whom a browser tells where it comes from; nobody unless said. */
  readonly referrer?: 'same-origin'
  readonly children: ComponentChildren
}

/**
 * A complete HTML document. It holds no script, no style attribute and no event handler, so it
 * works under a content security policy without `unsafe-inline`.
 */
export function renderPage(page: Page): string {
  return `<!doctype html>${renderToString(<Document {...page} />)}`
}

function Document(page: Page): JSX.Element {
  return (
    <html lang="en">
      <Head {...page} />
      <body>
        <a class="skip" href="#content">
          Skip to the content
        </a>
        <Header assets={page.assets}>
          {page.navigation ?? <PublicLinks assets={page.assets} />}
        </Header>
        <main id="content">{page.children}</main>
        <footer class="colophon">
          <p>{plainText(page.speaker)}</p>
        </footer>
      </body>
    </html>
  )
}

function Head(page: Page): JSX.Element {
  const title = plainLine(page.title, TITLE_MAX)
  const description = plainLine(page.description, DESCRIPTION_MAX)
  return (
    <head>
      <meta charset="utf-8" />
      <title>{`${title} · ${plainLine(page.assets.issuerName, TITLE_MAX)}`}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="referrer" content={page.referrer ?? 'no-referrer'} />
      <meta name="description" content={description} />
      {page.indexed ? null : <meta name="robots" content="noindex" />}
      <meta property="og:title" content={plainLine(page.previewTitle ?? page.title, TITLE_MAX)} />
      <meta property="og:description" content={description} />
      <meta property="og:type" content="website" />
      <meta property="og:url" content={page.url ?? page.assets.baseUrl} />
      {page.url === undefined ? null : <link rel="canonical" href={page.url} />}
      <link rel="icon" href={ICON_HREF} />
      <Stylesheet assets={page.assets} />
    </head>
  )
}

function Stylesheet(props: { readonly assets: PageAssets }): JSX.Element {
  const { stylesheet } = props.assets
  if ('href' in stylesheet) return <link rel="stylesheet" href={stylesheet.href} />
  // As a raw string: it is our own constant, and escaping would break its quotation marks.
  return <style dangerouslySetInnerHTML={{ __html: stylesheet.css }} />
}

function Header(props: {
  readonly assets: PageAssets
  readonly children: ComponentChildren
}): JSX.Element {
  const { baseUrl, issuerName } = props.assets
  return (
    <header class="masthead">
      <a class="masthead-name" href={`${baseUrl}/`}>
        <PrintersMark />
        <span dir="auto">{plainText(issuerName)}</span>
      </a>
      {props.children}
    </header>
  )
}

function PublicLinks({ assets: { baseUrl } }: { readonly assets: PageAssets }): JSX.Element {
  return (
    <nav aria-label="Main">
      <a href={`${baseUrl}/verify`}>Check a badge</a>
      <a href={`${baseUrl}/#catalogue`}>Catalogue</a>
      <a href={`${baseUrl}/issuer`}>Who signs</a>
    </nav>
  )
}
