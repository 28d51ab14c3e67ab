/** For an earner without a working link: how she gets one. It says the same about every badge. */
import type { JSX } from 'preact'
import { renderDoor } from './door.js'
import type { PageAssets } from './page-assets.js'
import { plainText } from './plain-text.js'

type Props = { readonly code: string; readonly sendsMail: boolean }

export function renderFreshLinkPage({ code, sendsMail }: Props, assets: PageAssets): string {
  return page(
    assets,
    'Is this badge yours?',
    <>
      <p class="lede">
        With a link that only you get, you download the badge and decide what its page shows: your
        name or not, your work or not. You can change your mind at any time.
      </p>
      {sendsMail ? (
        <form method="post">
          <p>
            <button class="button" type="submit">
              Mail the earner a fresh link
            </button>
          </p>
        </form>
      ) : (
        <ByHand assets={assets} />
      )}
      <Back code={code} assets={assets} />
    </>,
  )
}

export function renderAskedForLinkPage({ code, sendsMail }: Props, assets: PageAssets): string {
  return page(
    assets,
    sendsMail ? 'Look into your mail' : 'Is this badge yours?',
    <>
      {sendsMail ? (
        <>
          <p class="lede">
            If there is a badge at that address, a link to it is on its way to its earner, at the
            address that the reviewers knew.
          </p>
          <p class="quiet">
            Nothing came after some minutes? Look among the unwanted mail. If that address is not
            yours any more, ask {plainText(assets.issuerName)}.
          </p>
        </>
      ) : (
        <ByHand assets={assets} />
      )}
      <Back code={code} assets={assets} />
    </>,
  )
}

function ByHand({ assets }: { readonly assets: PageAssets }): JSX.Element {
  return <p>This service sends no mail. Ask {plainText(assets.issuerName)} for your link.</p>
}

function Back({
  code,
  assets,
}: {
  readonly code: string
  readonly assets: PageAssets
}): JSX.Element {
  return (
    <p>
      <a href={`${assets.baseUrl}/badges/${code}`}>Back to the badge</a>
    </p>
  )
}

function page(assets: PageAssets, title: string, content: JSX.Element): string {
  const speaker = `${assets.issuerName} keeps the address of each earner to itself.`
  return renderDoor({ title, description: 'For the earner of a badge.', speaker, content }, assets)
}
