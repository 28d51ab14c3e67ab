/** One review at the desk: what was approved, by whom, on what evidence, and what to do with it. */
import type { JSX } from 'preact'
import type { DeskReview } from '../../../application/staff/inbox.js'
import type { ReviewState } from '../../../domain/review.js'
import { mayDo } from '../../../domain/staff.js'
import { EvidenceList } from '../badge-evidence.js'
import { Day, Moment } from '../dates.js'
import type { PageAssets } from '../page-assets.js'
import { Chapter, Fact, Identifier } from '../parts.js'
import { plainText } from '../plain-text.js'
import { DeskForm, type DeskFrame, renderDeskPage } from './desk-frame.js'

type Props = {
  readonly review: DeskReview
  readonly frame: DeskFrame
}

const STATE_WORDS: Readonly<Record<ReviewState, string>> = {
  approved: 'waits for its release',
  held: 'is held',
  returned: 'was sent back',
  released: 'is released',
  declined: 'was declined by its reviewers',
  'needs-revision': 'was given back to the candidate by its reviewers',
  withdrawn: 'was withdrawn',
  erased: 'was erased',
}

export function renderDeskReviewPage(props: Props, assets: PageAssets): string {
  const { candidate } = props.review.record.review
  return renderDeskPage({
    title: `Review of ${plainText(candidate.name)}`,
    place: '/staff',
    frame: props.frame,
    assets,
    children: (
      <>
        <ReviewCard {...props} assets={assets} />
        <div class="chapters">
          <Results {...props} />
          <Chapter id="evidence" title="What was handed in">
            {props.review.showsEvidence ? (
              <EvidenceList evidence={props.review.record.review.evidence} />
            ) : (
              <p>Your role does not show what candidates hand in.</p>
            )}
          </Chapter>
        </div>
      </>
    ),
  })
}

function ReviewCard({
  review,
  frame,
  assets,
}: Props & { readonly assets: PageAssets }): JSX.Element {
  const { record, achievement } = review
  const { candidate, decidedAt, reviewers, source, id, attempt } = record.review
  return (
    <article class="card">
      <div class="certificate">
        <img
          class="art"
          src={assets.artUrl(achievement)}
          alt={plainText(achievement.image.caption)}
          width="600"
          height="600"
        />
        <div class="certificate-text">
          <p class="label">This review {STATE_WORDS[record.state]}</p>
          <h1 dir="auto">{plainText(candidate.name)}</h1>
          <p class="lede" lang={achievement.inLanguage} dir="auto">
            {plainText(achievement.name)}
          </p>
        </div>
      </div>
      <dl class="facts">
        <Fact label="District">{plainText(candidate.district ?? 'none')}</Fact>
        <Fact label="Approved">
          <Day iso={decidedAt} />
        </Fact>
        <Fact label="Reviewed by">
          {reviewers.map(({ name, role }) => `${plainText(name)}, ${plainText(role)}`).join('; ')}
        </Fact>
        <Fact label="Achievement">version {achievement.version}</Fact>
        <Fact label="Received">
          <Moment iso={record.receivedAt} /> from{' '}
          <Identifier>{`${source}/${id}/${attempt}`}</Identifier>
        </Fact>
      </dl>
      <Standing review={review} />
      {mayDo(frame.member, 'reviews:decide') ? <Decisions review={review} frame={frame} /> : null}
    </article>
  )
}

function Standing({ review }: { readonly review: DeskReview }): JSX.Element | null {
  const { stop, badgeCode } = review
  if (badgeCode !== undefined)
    return (
      <p>
        <a href={`/staff/badges/${badgeCode}`}>The badge</a>
      </p>
    )
  if (stop === undefined) return null
  return (
    <div class="notice">
      <p>
        <strong>{stop.state === 'held' ? 'Held' : 'Sent back'}</strong>, <Moment iso={stop.at} />
      </p>
      <p class="as-typed" dir="auto">
        {plainText(stop.reason)}
      </p>
    </div>
  )
}

function Decisions({ review, frame }: Props): JSX.Element | null {
  const { recordId, state } = review.record
  const address = `/staff/reviews/${recordId}`
  if (state !== 'approved' && state !== 'held') return null
  return (
    <div class="decisions">
      {state === 'approved' ? (
        <OneButton frame={frame} action={`${address}/release`} name="Release the badge" />
      ) : (
        <OneButton frame={frame} action={`${address}/resume`} name="Take it up again" />
      )}
      {state === 'approved' ? (
        <StopForm frame={frame} action={`${address}/hold`} name="Hold it" why="Why is it held?" />
      ) : null}
      <StopForm
        frame={frame}
        action={`${address}/return`}
        name="Send it back"
        why="What is missing? The next attempt is a review of its own."
      />
    </div>
  )
}

function OneButton(props: {
  readonly frame: DeskFrame
  readonly action: string
  readonly name: string
}): JSX.Element {
  return (
    <DeskForm frame={props.frame} action={props.action}>
      <p>
        <button class="button" type="submit">
          {props.name}
        </button>
      </p>
    </DeskForm>
  )
}

function StopForm(props: {
  readonly frame: DeskFrame
  readonly action: string
  readonly name: string
  readonly why: string
}): JSX.Element {
  const id = props.action.replaceAll('/', '-')
  return (
    <details>
      <summary>{props.name}</summary>
      <DeskForm frame={props.frame} action={props.action} class="desk-form">
        <p class="field">
          <label for={id}>{props.why}</label>
          <textarea id={id} name="reason" rows={3} maxlength={2000} required />
        </p>
        <p>
          <button class="button is-quiet" type="submit">
            {props.name}
          </button>
        </p>
      </DeskForm>
    </details>
  )
}

function Results({ review }: { readonly review: DeskReview }): JSX.Element {
  const { achievement, record } = review
  const results = record.review.rubric?.results ?? []
  const nameOf = (criterion: string, level: string) => {
    const known = achievement.rubric.find((one) => one.criterion === criterion)
    return [
      known?.name ?? criterion,
      known?.levels.find((one) => one.level === level)?.name ?? level,
    ] as const
  }
  return (
    <Chapter id="results" title="What the reviewers found">
      {results.length === 0 ? <p>No results stand in this review.</p> : null}
      <dl class="results">
        {results.map(({ criterion, level }) => {
          const [name, found] = nameOf(criterion, level)
          return (
            <div>
              <dt dir="auto">{plainText(name)}</dt>
              <dd dir="auto">{plainText(found)}</dd>
            </div>
          )
        })}
      </dl>
    </Chapter>
  )
}
