/** The pages at the desk's door. */
import { renderPage } from '../layout.js'
import type { PageAssets } from '../page-assets.js'
import { plainText } from '../plain-text.js'

/** Says how one gets a link. */
export function renderSignInPage(assets: PageAssets): string {
  return door(
    assets,
    'Sign in to the desk',
    <>
      <p class="lede">The desk is for the staff of the programme, who sign in with a link.</p>
      <p>
        This service sends no mail. Whoever runs it makes a link with{' '}
        <code>imprimatur staff link you@example.org</code> and gives it to you; it works once, for a
        quarter of an hour.
      </p>
    </>,
  )
}

/** What a link opens: nobody is signed in before the button is pressed. */
export function renderLinkPage({ email }: { readonly email: string }, assets: PageAssets): string {
  return door(
    assets,
    'Sign in to the desk',
    <>
      <p class="lede">
        This link signs in <strong>{plainText(email)}</strong>. It works once.
      </p>
      <form method="post">
        <p>
          <button class="button" type="submit">
            Sign in
          </button>
        </p>
      </form>
      <p class="quiet">If that is not you, close this page.</p>
    </>,
  )
}

function door(assets: PageAssets, title: string, content: preact.JSX.Element): string {
  return renderPage({
    title,
    description: 'For the staff of the programme.',
    indexed: false,
    referrer: 'same-origin',
    speaker: `The desk of ${assets.issuerName}.`,
    assets,
    children: (
      <article class="sheet door">
        <h1>{title}</h1>
        {content}
      </article>
    ),
  })
}
