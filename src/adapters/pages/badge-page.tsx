/** The public page of one badge. */
import type { JSX } from 'preact'
import type { BadgeView, ShownResult } from '../../application/badge-view.js'
import { issuerOf } from '../../domain/achievement.js'
import { issuerPath } from '../../domain/issuer.js'
import { BadgeCard } from './badge-card.js'
import { EvidenceList } from './badge-evidence.js'
import { FoldedChecks } from './check-list.js'
import { Endorsements } from './endorsement-list.js'
import { renderPage } from './layout.js'
import { Markdown } from './markdown.js'
import type { PageAssets } from './page-assets.js'
import { AlignmentList, Chapter, Identifier } from './parts.js'
import { plainText } from './plain-text.js'

/**
 * The badge page as a complete HTML document: the verdict first, then the badge, then how it was
 * earned and checked. It shows what `view` holds and nothing else; visibility was decided before.
 */
export function renderBadgePage(view: BadgeView, assets: PageAssets): string {
  const { achievement, issuer } = view
  return renderPage({
    title: titleFor(view, view.earner),
    previewTitle: titleFor(view, view.previewEarner),
    description: `${achievement.description} Issued by ${issuer.name} and checked each time this page is opened.`,
    url: view.url,
    indexed: view.indexed,
    speaker: `${issuer.name} issued this badge and publishes this page; the same check can be made without us.`,
    assets,
    children: <BadgePage view={view} assets={assets} />,
  })
}

function titleFor({ achievement }: BadgeView, earner: string | undefined): string {
  return earner === undefined ? achievement.name : `${achievement.name}, awarded to ${earner}`
}

function BadgePage(props: { readonly view: BadgeView; readonly assets: PageAssets }): JSX.Element {
  const { view, assets } = props
  const { alignments } = view.achievement
  return (
    <>
      <BadgeCard view={view} assets={assets} />
      <div class="chapters">
        <Earned view={view} />
        <Chapter id="evidence" title="The evidence">
          <EvidenceList evidence={view.evidence} />
        </Chapter>
        {alignments.length === 0 ? null : (
          <Chapter id="alignments" title="Where it fits">
            <AlignmentList alignments={alignments} />
          </Chapter>
        )}
        <Endorsements endorsements={view.endorsements} />
        <Chapter id="checks" title="How it was checked">
          <FoldedChecks report={view.report} />
        </Chapter>
        <Elsewhere view={view} assets={assets} />
        <p class="quiet screen-only">
          Is this badge yours? <a href={`${view.url}/yours`}>Choose what this page shows</a>.
        </p>
      </div>
    </>
  )
}

function Earned(props: { readonly view: BadgeView }): JSX.Element {
  const { achievement, achievementUrl, results } = props.view
  return (
    <Chapter id="criteria" title="What it took">
      <h3>What had to be shown</h3>
      <div lang={achievement.inLanguage}>
        <Markdown text={achievement.criteria.narrative} />
      </div>
      <Results results={results} />
      <p class="quiet">
        <a href={achievementUrl}>The full definition of this achievement</a>, version{' '}
        {achievement.version}
      </p>
    </Chapter>
  )
}

function Results(props: {
  readonly results: readonly ShownResult[] | undefined
}): JSX.Element | null {
  if (props.results === undefined)
    return <p class="quiet">The earner keeps the reviewers’ findings private.</p>
  if (props.results.length === 0) return null
  return (
    <>
      <h3>What the reviewers found</h3>
      <dl class="results">
        {props.results.map((result) => (
          <div>
            <dt dir="auto">{plainText(result.criterion)}</dt>
            <dd>
              <strong dir="auto">{plainText(result.level)}</strong>
              {result.description === undefined ? null : (
                <p dir="auto">{plainText(result.description)}</p>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function Downloads(props: { readonly view: BadgeView }): JSX.Element {
  const { url, code, hasToken } = props.view
  const link = (suffix: string, words: string) => (
    <a href={`${url}${suffix}`} download={`${code}${suffix}`}>
      {words}
    </a>
  )
  return (
    <>
      <p>
        <a class="button" href={`${url}.json`} download={`${code}.json`}>
          Download the signed badge
        </a>
      </p>
      <p>
        The same badge inside its picture: {link('.png', 'PNG')}, {link('.svg', 'SVG')}
        {hasToken ? <>; or {link('.jwt', 'as a token (VC-JWT)')}</> : null}.
      </p>
    </>
  )
}

function Elsewhere(props: { readonly view: BadgeView; readonly assets: PageAssets }): JSX.Element {
  const { view, assets } = props
  const issuerPage = `${assets.baseUrl}${issuerPath(issuerOf(view.achievement)) || '/issuer'}`
  const key = view.report.badge?.proofs[0]?.verificationMethod
  return (
    <Chapter id="elsewhere" title="Check it elsewhere">
      {view.credentialServed ? (
        <Downloads view={view} />
      ) : (
        <p>
          The signed file is not public, because it holds details that the earner keeps private. Ask
          the earner for it: they can send it to you, and the check gives the same result.
        </p>
      )}
      <p>
        You need not take our word for it. The badge is an Open Badges 3.0 credential: open its file
        in any verifier or wallet for that standard, or{' '}
        <a href={`${assets.baseUrl}/verify`}>give it to our own check</a>. The check needs nothing
        but the file, <a href={issuerPage}>the issuer’s public keys</a> and the issuer’s public list
        of revoked badges.
      </p>
      {key === undefined ? null : (
        <>
          <p class="label">Signed with the key</p>
          <Identifier>{key}</Identifier>
        </>
      )}
    </Chapter>
  )
}
