/** Who works at the desk. */
import type { JSX } from 'preact'
import type { StaffMember } from '../../../domain/staff.js'
import { Day } from '../dates.js'
import type { PageAssets } from '../page-assets.js'
import { plainText } from '../plain-text.js'
import { DeskForm, type DeskFrame, renderDeskPage } from './desk-frame.js'
import { StandingFields } from './fields.js'

const PLACE = '/staff/people'

export function renderPeoplePage(
  model: { readonly people: readonly StaffMember[]; readonly frame: DeskFrame },
  assets: PageAssets,
): string {
  const { people, frame } = model
  const isHere = ({ endedAt }: StaffMember) => endedAt === undefined
  const before = people.filter((one) => !isHere(one))
  return renderDeskPage({
    title: 'People at the desk',
    place: PLACE,
    frame,
    assets,
    children: (
      <>
        <section class="sheet">
          <h1>People at the desk</h1>
          <ul class="entries people">
            {people.filter(isHere).map((member) => (
              <Person member={member} frame={frame} />
            ))}
          </ul>
          {before.length === 0 ? null : <Before people={before} />}
        </section>
        <section class="sheet" aria-labelledby="invite">
          <h2 id="invite">Let somebody in</h2>
          <InviteForm frame={frame} />
        </section>
      </>
    ),
  })
}

function Person({
  member,
  frame,
}: {
  readonly member: StaffMember
  readonly frame: DeskFrame
}): JSX.Element {
  const { staffId, email, role, district, invitedAt } = member
  return (
    <li>
      <h2 class="person">{plainText(email)}</h2>
      <p class="quiet">
        {role}
        {district === undefined ? '' : ` of ${plainText(district)}`}, since <Day iso={invitedAt} />
        {staffId === frame.member.staffId ? '; this is you' : ''}
      </p>
      <details>
        <summary>Change</summary>
        <DeskForm frame={frame} action={`${PLACE}/${staffId}/role`} class="desk-form">
          <StandingFields id={staffId} standing={member} />
          <p>
            <button class="button" type="submit">
              Change the role
            </button>
          </p>
        </DeskForm>
        <DeskForm frame={frame} action={`${PLACE}/${staffId}/end`} class="desk-form">
          <p class="quiet">They are signed out everywhere and cannot sign in any more.</p>
          <p>
            <button class="button is-grave" type="submit">
              End the access of {plainText(email)}
            </button>
          </p>
        </DeskForm>
      </details>
    </li>
  )
}

function Before({ people }: { readonly people: readonly StaffMember[] }): JSX.Element {
  return (
    <details>
      <summary>Who was here before ({people.length})</summary>
      <ul>
        {people.map(({ email, endedAt }) => (
          <li>
            {plainText(email)}, until <Day iso={endedAt ?? ''} />
          </li>
        ))}
      </ul>
    </details>
  )
}

function InviteForm({ frame }: { readonly frame: DeskFrame }): JSX.Element {
  return (
    <DeskForm frame={frame} action={PLACE} class="desk-form">
      <p class="field">
        <label for="invite-email">E-mail address</label>
        <input id="invite-email" name="email" type="email" required autocomplete="off" />
      </p>
      <StandingFields id="invite" />
      <p>
        <button class="button" type="submit">
          Invite
        </button>
      </p>
    </DeskForm>
  )
}

/** Shows the link, the only time that it is shown, or says that it comes by mail. */
export function renderInvitedPage(
  model: { readonly member: StaffMember; readonly link?: string; readonly frame: DeskFrame },
  assets: PageAssets,
): string {
  const email = plainText(model.member.email)
  return renderDeskPage({
    title: 'Invited',
    frame: model.frame,
    assets,
    children: (
      <article class="sheet">
        <h1>{email} may sign in</h1>
        {model.link === undefined ? (
          <p class="lede">A mail with a link is on its way; the link works once, for three days.</p>
        ) : (
          <>
            <p class="lede">
              Give them this link. It works once, for three days, and is not shown again.
            </p>
            <p class="url">{model.link}</p>
          </>
        )}
        <p>
          <a href={PLACE}>Back to the people at the desk</a>
        </p>
      </article>
    ),
  })
}
