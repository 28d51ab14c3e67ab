/** The earner's page: her badge, its files, and one form with all that she decides about it. */
import type { ComponentChildren, JSX } from 'preact'
import type { ClaimItem, ClaimView } from '../../application/claim/claim-badge.js'
import { renderPage } from './layout.js'
import type { PageAssets } from './page-assets.js'
import { plainText } from './plain-text.js'

type Props = {
  readonly view: ClaimView
  /** Of this page, with the link's secret. */
  readonly path: string
  /** Whether what she sent was just saved. */
  readonly isSaved: boolean
}

export function renderClaimPage(props: Props, assets: PageAssets): string {
  const { view } = props
  return renderPage({
    title: `Your badge: ${view.badgeName}`,
    description: 'For the earner of this badge alone.',
    indexed: false,
    referrer: 'same-origin',
    speaker: `${plainText(assets.issuerName)} shows of you what you choose here, and nothing else.`,
    assets,
    children: (
      <>
        <article class="sheet">
          <p class="label">Your badge</p>
          <h1 dir="auto">{plainText(view.badgeName)}</h1>
          <State {...props} />
          <Files {...props} />
        </article>
        <article class="sheet">
          <h2>What its page shows</h2>
          <ChoiceForm {...props} />
        </article>
      </>
    ),
  })
}

function State({ view, isSaved }: Props): JSX.Element {
  const page = <a href={view.url}>its public page</a>
  if (isSaved)
    return (
      <p class="notice" role="status">
        Saved. {page} shows it now. You can go on changing it here for an hour; later, that page
        sends you a fresh link.
      </p>
    )
  return view.isClaimed ? (
    <p class="lede">You have claimed this badge. Look at {page}, or change what it shows.</p>
  ) : (
    <p class="lede">
      Congratulations. Choose below what {page} shows, and save: then the badge is claimed. Nobody
      can do that but you, and you can change it whenever you like.
    </p>
  )
}

function Files({ view, path }: Props): JSX.Element {
  const file = (suffix: string, words: string) => <a href={`${path}/badge${suffix}`}>{words}</a>
  return (
    <>
      <p>
        <a class="button" href={`${path}/badge.png`}>
          Download the badge as a picture
        </a>
      </p>
      <p class="quiet">
        The signed badge is inside the picture. Also: {file('.svg', 'SVG')},{' '}
        {file('.json', 'the signed file (JSON)')}
        {view.hasToken ? <>, {file('.jwt', 'a token (VC-JWT)')}</> : null}. They name you, so give
        them to whom you like.
      </p>
    </>
  )
}

function ChoiceForm({ view, path }: Props): JSX.Element {
  const { choice } = view
  return (
    <form method="post" action={path} class="desk-form">
      <Group title="Your name">
        <Radio name="name" value="shown" chosen={choice.name}>
          Show it: <strong dir="auto">{plainText(view.earnerName)}</strong>
        </Radio>
        <Radio name="name" value="initials" chosen={choice.name}>
          Initials only: <strong dir="auto">{plainText(view.initials)}</strong>
        </Radio>
        <Radio name="name" value="hidden" chosen={choice.name}>
          Show no name
        </Radio>
        <p class="quiet">
          The signed file names you. It is public only while your name is shown in full; you can
          always download it here and send it yourself.
        </p>
      </Group>
      <Evidence view={view} />
      <Group title="When the link is shared">
        <Radio name="preview" value="named" chosen={choice.preview}>
          The preview calls you what the page calls you
        </Radio>
        <Radio name="preview" value="plain" chosen={choice.preview}>
          The preview names the badge only
        </Radio>
      </Group>
      <Group title="Search engines">
        <Box name="listed" value="on" isChecked={choice.listed}>
          May list the page
        </Box>
      </Group>
      <p>
        <button class="button" type="submit">
          {view.isClaimed ? 'Save' : 'Claim the badge'}
        </button>
      </p>
    </form>
  )
}

function Evidence({ view }: { readonly view: ClaimView }): JSX.Element | null {
  if (view.items.length === 0) return null
  return (
    <Group title="Your work">
      {view.items.map((item) =>
        item.mayShow || item.isSigned ? (
          <Box
            name="evidence"
            value={String(item.position)}
            isChecked={view.choice.evidence.includes(item.position)}
          >
            <ItemName item={item} />
          </Box>
        ) : (
          <p class="quiet">
            <ItemName item={item} /> stays closed: the reviewers did not let it out, because it may
            tell about others.
          </p>
        ),
      )}
    </Group>
  )
}

function ItemName({ item }: { readonly item: ClaimItem }): JSX.Element {
  return <span dir="auto">{plainText(item.name)}</span>
}

function Group(props: {
  readonly title: string
  readonly children: ComponentChildren
}): JSX.Element {
  return (
    <fieldset class="choices">
      <legend>{props.title}</legend>
      {props.children}
    </fieldset>
  )
}

function Radio(props: {
  readonly name: string
  readonly value: string
  readonly chosen: string
  readonly children: ComponentChildren
}): JSX.Element {
  const { name, value, chosen, children } = props
  return (
    <label class="choice">
      <input type="radio" name={name} value={value} checked={value === chosen} required />
      <span>{children}</span>
    </label>
  )
}

function Box(props: {
  readonly name: string
  readonly value: string
  readonly isChecked: boolean
  readonly children: ComponentChildren
}): JSX.Element {
  const { name, value, isChecked, children } = props
  return (
    <label class="choice">
      <input type="checkbox" name={name} value={value} checked={isChecked} />
      <span>{children}</span>
    </label>
  )
}
