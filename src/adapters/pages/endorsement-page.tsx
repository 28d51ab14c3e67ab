/** The public page of one endorsement. */
import type { JSX } from 'preact'
import type { EndorsementView } from '../../application/badge-view.js'
import { FoldedChecks } from './check-list.js'
import { Day } from './dates.js'
import { EndorsementComment, EndorsementState } from './endorsement-list.js'
import { renderPage } from './layout.js'
import type { PageAssets } from './page-assets.js'
import { Chapter, Fact, Identifier } from './parts.js'
import { plainText } from './plain-text.js'

/** The endorsement's page as a complete HTML document: who says what of what, and whether it holds. */
export function renderEndorsementPage(view: EndorsementView, assets: PageAssets): string {
  return renderPage({
    title: view.name,
    description: `${view.endorser} signed this endorsement. It is checked each time this page is opened.`,
    url: view.url,
    indexed: false,
    speaker: `${assets.issuerName} publishes this page; the words on it are those of ${view.endorser}.`,
    assets,
    children: (
      <>
        <EndorsementCard view={view} />
        <div class="chapters">
          {view.comment === undefined ? null : (
            <Chapter id="comment" title="What it says">
              <EndorsementComment comment={view.comment} />
            </Chapter>
          )}
          <Checked view={view} />
        </div>
      </>
    ),
  })
}

function EndorsementCard(props: { readonly view: EndorsementView }): JSX.Element {
  const { view } = props
  return (
    <article class="card">
      <p class="label">Endorsement</p>
      <h1 dir="auto">{plainText(view.name)}</h1>
      <EndorsementState outcome={view.outcome} sentence={view.sentence} />
      <dl class="facts">
        <Fact label={view.outcome === 'passed' ? 'Endorsed by' : 'In the name of'}>
          <span class="issuer-name" dir="auto">
            {plainText(view.endorser)}
          </span>
          <Identifier>{view.issuerId}</Identifier>
        </Fact>
        <Fact label="What it endorses">
          <Subject id={view.subjectId} />
        </Fact>
        <Fact label="Signed on">
          <Day iso={view.signedAt} />
        </Fact>
      </dl>
    </article>
  )
}

/** An achievement or a badge has a page at its id; an issuer has an identifier. */
function Subject(props: { readonly id: string }): JSX.Element {
  return /^https?:/.test(props.id) ? (
    <a class="url" href={props.id}>
      {plainText(props.id)}
    </a>
  ) : (
    <Identifier>{props.id}</Identifier>
  )
}

function Checked(props: { readonly view: EndorsementView }): JSX.Element {
  const { report, url } = props.view
  return (
    <Chapter id="checks" title="How it was checked">
      <FoldedChecks report={report} />
      <p>
        <a class="button" href={`${url}.json`}>
          The signed endorsement
        </a>
      </p>
    </Chapter>
  )
}
