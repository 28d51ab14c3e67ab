/** A page of one sheet for somebody who is to be let in, or told how: never indexed, its forms our own. */
import type { JSX } from 'preact'
import { renderPage } from './layout.js'
import type { PageAssets } from './page-assets.js'

type Door = {
  readonly title: string
  readonly description: string
  readonly speaker: string
  readonly content: JSX.Element
}

export function renderDoor({ content, ...page }: Door, assets: PageAssets): string {
  return renderPage({
    ...page,
    indexed: false,
    referrer: 'same-origin',
    assets,
    children: (
      <article class="sheet door">
        <h1>{page.title}</h1>
        {content}
      </article>
    ),
  })
}
