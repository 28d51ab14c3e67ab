/** One badge at the desk: where it stands, what its earner was sent, and what can be done about it. */
import type { JSX } from 'preact'
import type { MailKind, OwedMail } from '../../../application/ports/mail.js'
import type { DeskBadge } from '../../../application/staff/desk-badges.js'
import type { StatusChange, StatusState } from '../../../domain/badge-status.js'
import { mayDo } from '../../../domain/staff.js'
import { Day, Moment } from '../dates.js'
import type { PageAssets } from '../page-assets.js'
import { Chapter, Fact, Identifier } from '../parts.js'
import { plainText } from '../plain-text.js'
import { STANDING_WORDS } from './badge-list-page.js'
import { DeskForm, type DeskFrame, renderDeskPage } from './desk-frame.js'

type Props = {
  readonly found: DeskBadge
  readonly frame: DeskFrame
  readonly sendsMail: boolean
}

/** What can be done in each standing, and what the button says. */
const CHANGES: Readonly<Record<StatusState, readonly (readonly [StatusChange, string])[]>> = {
  valid: [
    ['suspend', 'Suspend it'],
    ['revoke', 'Revoke it, for good'],
  ],
  suspended: [
    ['reinstate', 'Reinstate it'],
    ['revoke', 'Revoke it, for good'],
  ],
  revoked: [],
}

const MAIL_WORDS: Readonly<Record<MailKind, string>> = {
  badge: 'The badge',
  'claim-link': 'A fresh link',
  'sign-in': 'A link to sign in',
  invitation: 'An invitation',
}

export function renderDeskBadgePage(props: Props, assets: PageAssets): string {
  const { badge } = props.found
  return renderDeskPage({
    title: `Badge of ${plainText(badge.earnerName)}`,
    place: '/staff/badges',
    frame: props.frame,
    assets,
    children: (
      <>
        <BadgeFacts {...props} />
        <div class="chapters">
          <Mails {...props} />
          {mayDo(props.frame.member, 'badges:change') ? <Changes {...props} /> : null}
          {mayDo(props.frame.member, 'badges:erase') ? <Erase {...props} /> : null}
        </div>
      </>
    ),
  })
}

function BadgeFacts({ found, frame }: Props): JSX.Element {
  const { badge, entry, record } = found
  return (
    <article class="sheet">
      <p class="label">Badge</p>
      <h1 dir="auto">{plainText(badge.earnerName)}</h1>
      <dl class="facts">
        <Fact label="Standing">
          <strong>{STANDING_WORDS[entry.state]}</strong>
          {entry.changedAt === undefined ? null : (
            <>
              {' '}
              since <Moment iso={entry.changedAt} />
            </>
          )}
        </Fact>
        {entry.reason === undefined ? null : (
          <Fact label={entry.reason.isPublic ? 'Reason, public' : 'Reason, not public'}>
            <span dir="auto">{plainText(entry.reason.text)}</span>
          </Fact>
        )}
        <Fact label="Claimed">
          {badge.claimedAt === undefined ? 'not yet' : <Moment iso={badge.claimedAt} />}
        </Fact>
        <Fact label="Issued">
          <Day iso={badge.issuedAt} />
        </Fact>
        <Fact label="Achievement">
          {plainText(badge.achievementSlug)}, version {badge.achievementVersion}
        </Fact>
        <Fact label="District">{plainText(badge.district ?? 'none')}</Fact>
        {mayDo(frame.member, 'badges:change') ? (
          <Fact label="Mail goes to">{plainText(record.review.candidate.email)}</Fact>
        ) : null}
        <Fact label="Badge no.">
          <Identifier>{badge.code}</Identifier>
        </Fact>
      </dl>
      <p>
        <a href={`/badges/${badge.code}`}>Its public page</a>,{' '}
        <a href={`/staff/reviews/${badge.reviewRecordId}`}>its review</a>
        {entry.replacedBy === undefined ? null : (
          <>
            , <a href={`/staff/badges/${entry.replacedBy}`}>the badge in its place</a>
          </>
        )}
      </p>
    </article>
  )
}

function Mails({ found, frame, sendsMail }: Props): JSX.Element {
  const { badge, mails } = found
  return (
    <Chapter id="mail" title="What the earner was sent">
      {mails.length === 0 ? <p>Nothing was sent.</p> : <MailTable mails={mails} />}
      {mayDo(frame.member, 'badges:change') ? (
        <DeskForm frame={frame} action={`/staff/badges/${badge.code}/link`}>
          <p>
            <button class="button is-quiet" type="submit">
              {sendsMail ? 'Mail a fresh link' : 'Make a link to hand over'}
            </button>
          </p>
        </DeskForm>
      ) : null}
    </Chapter>
  )
}

function MailTable({ mails }: { readonly mails: readonly OwedMail[] }): JSX.Element {
  return (
    <table class="desk-table">
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">Asked for</th>
          <th scope="col">What became of it</th>
        </tr>
      </thead>
      <tbody>
        {mails.map((mail) => (
          <tr>
            <th scope="row">{MAIL_WORDS[mail.kind]}</th>
            <td data-label="Asked for">
              <Moment iso={mail.createdAt} />
            </td>
            <td data-label="What became of it">
              <MailState mail={mail} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function MailState({ mail }: { readonly mail: OwedMail }): JSX.Element {
  const { state, attempts, failure, nextAt } = mail
  const why = failure === undefined ? '' : `: ${plainText(failure)}`
  if (state === 'sent') return <>taken by the mail server</>
  if (state === 'given-up')
    return (
      <strong>
        given up after {attempts} {attempts === 1 ? 'attempt' : 'attempts'}
        {why}
      </strong>
    )
  if (attempts === 0) return <>on its way</>
  return (
    <>
      failed {attempts} {attempts === 1 ? 'time' : 'times'}
      {why}; tried again on <Moment iso={nextAt} />
    </>
  )
}

function Changes({ found, frame }: Props): JSX.Element {
  const { badge, entry } = found
  const address = `/staff/badges/${badge.code}`
  const changes = CHANGES[entry.state]
  return (
    <Chapter id="change" title="Change it">
      {changes.length === 0 ? <p>It is revoked, which is final.</p> : null}
      {changes.map(([change, words]) => (
        <details>
          <summary>{words}</summary>
          <DeskForm frame={frame} action={`${address}/status`} class="desk-form">
            <input type="hidden" name="change" value={change} />
            <ReasonFields id={change} />
            <p>
              <button class={change === 'reinstate' ? 'button' : 'button is-grave'} type="submit">
                {words}
              </button>
            </p>
          </DeskForm>
        </details>
      ))}
      {entry.state === 'valid' ? <CorrectForm found={found} frame={frame} /> : null}
    </Chapter>
  )
}

function CorrectForm({ found, frame }: Pick<Props, 'found' | 'frame'>): JSX.Element {
  const { badge, record } = found
  return (
    <details>
      <summary>Correct the name or the address</summary>
      <DeskForm frame={frame} action={`/staff/badges/${badge.code}/correction`} class="desk-form">
        <p class="quiet">
          Signed badges do not change: a corrected one is issued, and this one is revoked as
          replaced and shows no name any more.
        </p>
        <p class="field">
          <label for="correct-name">Name</label>
          <input
            id="correct-name"
            name="name"
            type="text"
            value={plainText(badge.earnerName)}
            autocomplete="off"
          />
        </p>
        <p class="field">
          <label for="correct-email">E-mail address</label>
          <input
            id="correct-email"
            name="email"
            type="email"
            value={plainText(record.review.candidate.email)}
            autocomplete="off"
          />
        </p>
        <ReasonFields id="correct" />
        <p>
          <button class="button" type="submit">
            Issue the corrected badge
          </button>
        </p>
      </DeskForm>
    </details>
  )
}

function ReasonFields({ id }: { readonly id: string }): JSX.Element {
  return (
    <>
      <p class="field">
        <label for={`${id}-reason`}>Why?</label>
        <input
          id={`${id}-reason`}
          name="reason"
          type="text"
          maxlength={500}
          required
          autocomplete="off"
        />
      </p>
      <label class="choice">
        <input type="checkbox" name="public" />
        <span>Show the reason to everyone, on the badge’s page</span>
      </label>
    </>
  )
}

function Erase({ found, frame }: Props): JSX.Element {
  const { code } = found.badge
  return (
    <Chapter id="erase" title="Forget the earner">
      <details>
        <summary>Erase this badge, for good</summary>
        <DeskForm frame={frame} action={`/staff/badges/${code}/erase`} class="desk-form">
          <p class="quiet">
            For an earner who wants to be forgotten: the badge, its review, its mail and its links
            are deleted. Only its place in the status list stays. To take a badge back, revoke it.
          </p>
          <p class="field">
            <label for="erase-code">The badge no., to be sure</label>
            <input
              id="erase-code"
              name="code"
              type="text"
              required
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
            />
          </p>
          <p>
            <button class="button is-grave" type="submit">
              Erase it
            </button>
          </p>
        </DeskForm>
      </details>
    </Chapter>
  )
}

/** Shows the link, the only time that it is shown. */
export function renderHandOverPage(
  model: { readonly code: string; readonly link: string; readonly frame: DeskFrame },
  assets: PageAssets,
): string {
  return renderDeskPage({
    title: 'A link to hand over',
    place: '/staff/badges',
    frame: model.frame,
    assets,
    children: (
      <article class="sheet">
        <h1>A link to hand over</h1>
        <p class="lede">
          Give it to the earner and to nobody else. It saves once, within 60 days, and is not shown
          again.
        </p>
        <p class="url">{model.link}</p>
        <p>
          <a href={`/staff/badges/${model.code}`}>Back to the badge</a>
        </p>
      </article>
    ),
  })
}
