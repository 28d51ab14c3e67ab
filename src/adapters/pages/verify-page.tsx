/** The page where anyone can have a badge checked, and read the result. */
import type { JSX } from 'preact'
import type { ReportSubject, VerificationReport } from '../../domain/verification-report.js'
import { CheckList, countChecks } from './check-list.js'
import { Day } from './dates.js'
import { EndorsementFindings } from './endorsement-list.js'
import { renderPage } from './layout.js'
import type { PageAssets } from './page-assets.js'
import { Fact, Identifier } from './parts.js'
import { plainText } from './plain-text.js'
import { ReceiptForm } from './receipt-form.js'
import { resultWords } from './stamp.js'
import { isForged, VerdictBand } from './verdict.js'
import { VerifyForm } from './verify-form.js'

/** Why something that was sent could not be taken for checking at all. */
export type Refusal = {
  /** Name of the kind of problem, for support. */
  readonly title: string
  /** What is wrong and what to do, for whoever sent it. */
  readonly detail: string
  /** Name of the rule that refused it, for support. */
  readonly rule?: string
}

const NOT_CHECKED = 'Nothing was checked'

/** What the page shows: at most one of `report` and `refusal`, and what was sent before. */
export type VerifyModel = {
  readonly report?: VerificationReport
  readonly refusal?: Refusal
  /** `data:` address of the picture in which the badge was brought. */
  readonly picture?: string
  /** The signed receipt of the report, when one could be signed. */
  readonly receipt?: string
  /** Text or address, as it was entered. */
  readonly pasted?: string
}

/** The verify page as a complete HTML document; a result, when there is one, stands on top. */
export function renderVerifyPage(model: VerifyModel, assets: PageAssets): string {
  const { report, refusal } = model
  const hasResult = report !== undefined || refusal !== undefined
  return renderPage({
    title: resultTitle(model) ?? 'Check a badge',
    description:
      'Check an Open Badges 3.0 badge: is it signed by its issuer, unchanged since, and within its dates?',
    url: `${assets.baseUrl}/verify`,
    indexed: !hasResult,
    speaker: `${assets.issuerName} gives its verdicts with its own verifier; any other Open Badges verifier can repeat the check.`,
    assets,
    children: (
      <>
        {report === undefined ? null : (
          <Result report={report} receipt={model.receipt} picture={model.picture} />
        )}
        {refusal === undefined ? null : <Refused refusal={refusal} />}
        <FormSection model={model} hasResult={hasResult} />
      </>
    ),
  })
}

function resultTitle(model: VerifyModel): string | undefined {
  if (model.report !== undefined) return `${resultWords(model.report)}: result of the check`
  return model.refusal === undefined ? undefined : NOT_CHECKED
}

function Result(props: {
  readonly report: VerificationReport
  readonly receipt: string | undefined
  readonly picture: string | undefined
}): JSX.Element {
  const { report, receipt, picture } = props
  return (
    <>
      <article class="card">
        <h1 class="label card-heading">Result of the check</h1>
        <p class="quiet read-as">Read as: {plainText(report.format)}</p>
        <VerdictBand report={report} />
        {report.badge === undefined || isForged(report) ? null : (
          <Claims
            badge={report.badge}
            picture={picture}
            isValid={(report.badgeVerdict ?? report.verdict) === 'valid'}
          />
        )}
        {receipt === undefined ? null : (
          <ReceiptForm token={receipt} label="Get a signed receipt to print" />
        )}
      </article>
      <div class="chapters">
        <section class="chapter" aria-labelledby="checks">
          <h2 id="checks">What was checked</h2>
          <div class="chapter-body">
            {report.badge === undefined ? (
              <details>
                <summary>{countChecks(report.checks)}</summary>
                <CheckList checks={report.checks} />
              </details>
            ) : (
              <>
                <p class="quiet">{countChecks(report.checks)}</p>
                {report.refresh === undefined ? null : <p>{plainText(report.refresh.sentence)}</p>}
                <CheckList checks={report.checks} />
              </>
            )}
          </div>
        </section>
        {isForged(report) ? null : <EndorsementFindings findings={report.endorsements ?? []} />}
      </div>
    </>
  )
}

/** What the badge says of itself; called a claim unless everything about it was confirmed. */
function Claims(props: {
  readonly badge: ReportSubject
  readonly picture: string | undefined
  readonly isValid: boolean
}): JSX.Element {
  const { badge, picture, isValid } = props
  const name = badge.achievementName ?? badge.name
  return (
    <div class="claims">
      <h2 class="label">
        {isValid ? 'What the badge says' : 'What the badge claims, unconfirmed'}
      </h2>
      {picture === undefined ? null : (
        <img class="claimed-picture" src={picture} alt="The badge as it was brought" />
      )}
      <dl class="facts">
        {name === undefined ? null : (
          <Fact label="Achievement">
            <span class="claimed-name" dir="auto">
              {plainText(name)}
            </span>
          </Fact>
        )}
        {badge.description === undefined ? null : (
          <Fact label="Description">
            <span dir="auto">{plainText(badge.description)}</span>
          </Fact>
        )}
        <Fact label="Issuer">
          {badge.issuerName === undefined ? null : (
            <span class="issuer-name" dir="auto">
              {plainText(badge.issuerName)}
            </span>
          )}
          <Identifier>{badge.issuerId}</Identifier>
          <span class="quiet">A name can be imitated; this identifier cannot.</span>
        </Fact>
        <Fact label="Awarded">
          <Day iso={badge.awardedDate ?? badge.validFrom} />
        </Fact>
        <Fact label="Valid until">
          {badge.validUntil === undefined ? 'It names no end' : <Day iso={badge.validUntil} />}
        </Fact>
        <Fact label="Badge">
          <Identifier>{badge.id}</Identifier>
        </Fact>
      </dl>
    </div>
  )
}

function Refused(props: { readonly refusal: Refusal }): JSX.Element {
  const { title, detail, rule } = props.refusal
  return (
    <article class="card refusal">
      <h1>{NOT_CHECKED}</h1>
      <p class="lede" dir="auto">
        {plainText(detail)}
      </p>
      <p>No verdict was given: this says nothing about the badge itself.</p>
      <p class="quiet">
        For support: {plainText(title)}
        {rule === undefined ? null : (
          <>
            {' '}
            <Identifier>{rule}</Identifier>
          </>
        )}
      </p>
    </article>
  )
}

function FormSection(props: {
  readonly model: VerifyModel
  readonly hasResult: boolean
}): JSX.Element {
  const { pasted, refusal } = props.model
  const again = refusal === undefined ? 'Check another badge' : 'Try again'
  const heading = props.hasResult ? <h2>{again}</h2> : <h1>Check a badge</h1>
  return (
    <section class="sheet">
      {heading}
      <p class="lede">
        Give it as a file or as text, in whatever form you have it. You need no account, and you get
        an answer in plain words.
      </p>
      <VerifyForm {...(pasted === undefined ? {} : { pasted })} />
    </section>
  )
}
