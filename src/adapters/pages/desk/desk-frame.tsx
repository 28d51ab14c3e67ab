/** The frame of every page of the desk: where one can go, who is signed in, and the way out. */
import type { ComponentChildren, JSX } from 'preact'
import { mayDo, type StaffMember } from '../../../domain/staff.js'
import { renderPage } from '../layout.js'
import type { PageAssets } from '../page-assets.js'
import { plainText } from '../plain-text.js'

/** Who looks at the page. */
export type DeskFrame = {
  readonly member: StaffMember
  /** Goes into every form of the page. */
  readonly formKey: string
}

export type DeskPage = {
  readonly title: string
  /** The address among the header's links that this page belongs to. */
  readonly place?: string
  readonly frame: DeskFrame
  readonly assets: PageAssets
  readonly children: ComponentChildren
}

/** A page of the desk as a complete HTML document, for nobody else and for no search engine. */
export function renderDeskPage(page: DeskPage): string {
  const { title, assets, frame } = page
  return renderPage({
    title,
    description: 'The desk of the programme, for its staff.',
    indexed: false,
    referrer: 'same-origin',
    speaker: `The desk of ${assets.issuerName}; what is done here is written down.`,
    assets,
    navigation: (
      <DeskLinks frame={frame} {...(page.place === undefined ? {} : { place: page.place })} />
    ),
    children: page.children,
  })
}

function DeskLinks({
  frame,
  place,
}: {
  readonly frame: DeskFrame
  readonly place?: string
}): JSX.Element {
  const { member } = frame
  const links = [
    ['/staff', 'Reviews', mayDo(member, 'desk:read')],
    ['/staff/badges', 'Badges', mayDo(member, 'desk:read')],
    ['/staff/people', 'People', mayDo(member, 'people:manage')],
    ['/staff/log', 'Log', mayDo(member, 'log:read')],
  ] as const
  return (
    <nav aria-label="Desk" class="desk-links">
      {links.map(([href, name, isShown]) =>
        isShown ? (
          <a href={href} {...(href === place ? { 'aria-current': 'page' as const } : {})}>
            {name}
          </a>
        ) : null,
      )}
      <DeskForm frame={frame} action="/staff/sign-out">
        <button class="link-button" type="submit" title={plainText(member.email)}>
          Sign out
        </button>
      </DeskForm>
    </nav>
  )
}

/** A form of the desk; it carries the key that other sites cannot know. */
export function DeskForm(props: {
  readonly frame: DeskFrame
  readonly action: string
  readonly class?: string
  readonly children: ComponentChildren
}): JSX.Element {
  return (
    <form method="post" action={props.action} class={props.class}>
      <input type="hidden" name="key" value={props.frame.formKey} />
      {props.children}
    </form>
  )
}
