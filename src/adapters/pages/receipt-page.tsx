/** A receipt of a check as a page to read and to print. */
import type { JSX } from 'preact'
import type { ReceiptFinding } from '../../application/receipts.js'
import type { ReceiptStatement } from '../../domain/verification-receipt.js'
import type { VerificationReport } from '../../domain/verification-report.js'
import { CheckList, countChecks } from './check-list.js'
import { Moment } from './dates.js'
import { renderPage } from './layout.js'
import type { PageAssets } from './page-assets.js'
import { Chapter, Fact, Identifier } from './parts.js'
import { plainText } from './plain-text.js'
import { ReceiptForm } from './receipt-form.js'
import { VerdictBand } from './verdict.js'

export type ReceiptModel = {
  readonly finding: ReceiptFinding
  /** The receipt as it was brought. */
  readonly token: string
}

/** The receipt as a complete HTML document; of one that is not genuine nothing is repeated. */
export function renderReceiptPage({ finding, token }: ReceiptModel, assets: PageAssets): string {
  return renderPage({
    title: finding.outcome === 'genuine' ? 'Receipt of a check' : 'A receipt that does not hold',
    description: 'What was found when a badge was checked, signed by the service that checked it.',
    indexed: false,
    speaker: `${assets.issuerName} signs receipts of its own checks; they can be checked at ${assets.baseUrl}/verify.`,
    assets,
    children:
      finding.outcome === 'genuine' ? (
        <Receipt finding={finding} token={token} assets={assets} />
      ) : (
        <article class="card refusal">
          <h1>
            {finding.outcome === 'forged'
              ? 'Not a genuine receipt'
              : 'A receipt that could not be checked'}
          </h1>
          <p class="lede">{finding.sentence}</p>
          <p>It says nothing about the badge. Have the badge itself checked.</p>
        </article>
      ),
  })
}

function Receipt(props: {
  readonly finding: Extract<ReceiptFinding, { readonly outcome: 'genuine' }>
  readonly token: string
  readonly assets: PageAssets
}): JSX.Element {
  const { statement, sentence } = props.finding
  const report = toReport(statement)
  return (
    <>
      <article class="card receipt">
        <h1 class="label card-heading">Receipt of a check</h1>
        <VerdictBand report={report} />
        <dl class="facts">
          <CheckedFacts statement={statement} />
          <BadgeFacts statement={statement} />
        </dl>
        <p class="quiet">
          {sentence} It says what was found on <Moment iso={statement.checkedAt} />, not how the
          badge stands today.
        </p>
      </article>
      <div class="chapters">
        <Chapter id="checks" title="What was checked">
          <p class="quiet">
            {countChecks(report.checks)}. Read as: {plainText(statement.format)}
          </p>
          <CheckList checks={report.checks} />
        </Chapter>
        <Keeping token={props.token} assets={props.assets} />
      </div>
    </>
  )
}

function CheckedFacts(props: { readonly statement: ReceiptStatement }): JSX.Element {
  const { issuerName, issuerId, id } = props.statement
  return (
    <>
      <Fact label="Checked by">
        <span class="issuer-name" dir="auto">
          {plainText(issuerName)}
        </span>
        <Identifier>{issuerId}</Identifier>
      </Fact>
      <Fact label="Receipt">
        <Identifier>{id}</Identifier>
      </Fact>
    </>
  )
}

/** The digest says which bytes were checked; whoever keeps the badge can hold it against them. */
function BadgeFacts(props: { readonly statement: ReceiptStatement }): JSX.Element {
  const { brought, badge, rule } = props.statement
  return (
    <>
      {badge === undefined ? null : (
        <>
          <Fact label="Badge">
            <Identifier>{badge.id}</Identifier>
            <span class="quiet">As it names itself and its issuer.</span>
          </Fact>
          <Fact label="Issuer">
            <Identifier>{badge.issuerId}</Identifier>
          </Fact>
        </>
      )}
      {rule === undefined ? null : (
        <Fact label="Refused by">
          <Identifier>{rule}</Identifier>
        </Fact>
      )}
      {brought.sha256 === undefined ? null : (
        <Fact label="SHA-256">
          <Identifier>{brought.sha256}</Identifier>
          <span class="quiet">
            {brought.kind === 'document'
              ? 'Of the file as it was brought.'
              : 'Of the signed badge at the address that was given.'}
          </span>
        </Fact>
      )}
    </>
  )
}

function Keeping(props: { readonly token: string; readonly assets: PageAssets }): JSX.Element {
  return (
    <Chapter id="keeping" title="Keeping it">
      <p>
        Print this page for a file of paper, and keep the signed receipt beside it: only the signed
        receipt can be checked again, at {`${props.assets.baseUrl}/verify`}. This service keeps no
        copy. Whom you asked about, if anyone, is not in it; only whether it fitted.
      </p>
      <ReceiptForm token={props.token} label="Save the signed receipt" asFile />
      <details class="screen-only">
        <summary>The signed receipt as text</summary>
        <p class="field">
          <label for="receipt-text">A token (JWS) for programs</label>
          <textarea id="receipt-text" rows={8} readOnly spellcheck={false}>
            {props.token}
          </textarea>
        </p>
      </details>
    </Chapter>
  )
}

function toReport(statement: ReceiptStatement): VerificationReport {
  const { verdict, badgeVerdict, checkedAt, format, checks } = statement
  return {
    verdict,
    checkedAt,
    format,
    checks,
    ...(badgeVerdict === undefined ? {} : { badgeVerdict }),
  }
}
