/** The pages at the desk's door. */
import type { JSX } from 'preact'
import { renderDoor } from '../door.js'
import type { PageAssets } from '../page-assets.js'
import { plainText } from '../plain-text.js'

type Mail = { readonly sendsMail: boolean }

/** Asks for the address to which a link goes, or says how one gets a link by hand. */
export function renderSignInPage({ sendsMail }: Mail, assets: PageAssets): string {
  return door(
    assets,
    'Sign in to the desk',
    <>
      <p class="lede">The desk is for the staff of the programme, who sign in with a link.</p>
      {sendsMail ? <AskForm /> : <ByHand />}
    </>,
  )
}

function AskForm(): JSX.Element {
  return (
    <form method="post" action="/staff/sign-in" class="desk-form">
      <p class="field">
        <label for="email">Your e-mail address</label>
        <input id="email" name="email" type="email" required autocomplete="email" />
      </p>
      <p>
        <button class="button" type="submit">
          Mail me a link
        </button>
      </p>
    </form>
  )
}

function ByHand(): JSX.Element {
  return (
    <p>
      This service sends no mail. Whoever runs it makes a link with{' '}
      <code>imprimatur staff link you@example.org</code> and gives it to you; it works once, for a
      quarter of an hour.
    </p>
  )
}

/** The same for everybody: who works at the desk is nobody else's business. */
export function renderAskedPage(
  { email, sendsMail }: Mail & { readonly email: string },
  assets: PageAssets,
): string {
  return door(
    assets,
    'Look into your mail',
    sendsMail ? (
      <>
        <p class="lede">
          If <strong>{plainText(email)}</strong> works at the desk, a link is on its way there. It
          works once, for a quarter of an hour.
        </p>
        <p class="quiet">
          Nothing came after some minutes? Look among the unwanted mail, then ask an admin whether
          this is the address that they know.
        </p>
      </>
    ) : (
      <ByHand />
    ),
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

function door(assets: PageAssets, title: string, content: JSX.Element): string {
  const description = 'For the staff of the programme.'
  return renderDoor(
    { title, description, speaker: `The desk of ${assets.issuerName}.`, content },
    assets,
  )
}
