/** The instructions in a conformance kit: what each file is, and what 1EdTech does with it. */
import type { JSX } from 'preact'
import { CONFORMANCE_EMAIL } from '../../domain/conformance-review.js'
import type { VerificationReport } from '../../domain/verification-report.js'
import { CheckList } from './check-list.js'
import { renderPage } from './layout.js'
import type { PageAssets } from './page-assets.js'
import { Chapter, Fact, Identifier } from './parts.js'

export type ConformanceKit = {
  /** Permanent address of the badge's page. */
  readonly badgeUrl: string
  readonly issuerId: string
  readonly didDocumentUrl: string
  readonly statusListUrl: string
  readonly hasToken: boolean
  /** Of our own verifier, on the badge in the kit. */
  readonly report: VerificationReport
  /** Whether the independent implementation verified it too. */
  readonly isIndependentlyVerified: boolean
}

type Props = { readonly kit: ConformanceKit }

/** A page that lies beside the files of the kit. */
export function renderConformanceKitPage(kit: ConformanceKit, assets: PageAssets): string {
  return renderPage({
    title: 'Open Badges 3.0 conformance kit',
    description: 'What a 1EdTech issuer certification needs, and how to hand it in.',
    indexed: false,
    speaker: `${assets.issuerName} made this kit with its own keys.`,
    assets,
    children: (
      <>
        <Summary kit={kit} />
        <div class="chapters">
          <Files kit={kit} />
          <Steps kit={kit} />
          <Chapter id="checks" title="How it was checked">
            <p>
              {kit.isIndependentlyVerified
                ? 'A second implementation, which shares no code with the signer, verified it too.'
                : 'The second implementation did NOT verify it: do not hand it in.'}
            </p>
            <CheckList checks={kit.report.checks} />
          </Chapter>
        </div>
      </>
    ),
  })
}

function Summary({ kit }: Props): JSX.Element {
  const isPublic = kit.badgeUrl.startsWith('https:')
  return (
    <article class="card">
      <p class="label">Open Badges 3.0, role: Issuer</p>
      <h1>Conformance kit</h1>
      <p class="lede">
        A badge issued to {CONFORMANCE_EMAIL}, in every form, with what verifiers fetch about it.
      </p>
      {isPublic ? null : (
        <p>
          <strong>This kit is for a trial only.</strong> The service is on http, so its issuer is
          the key itself and nobody else can fetch the status list. Make the kit again where the
          service runs on https.
        </p>
      )}
      <dl class="facts">
        <Fact label="Badge">
          <a href={kit.badgeUrl}>{kit.badgeUrl}</a>
        </Fact>
        <Fact label="Issuer">
          <Identifier>{kit.issuerId}</Identifier>
        </Fact>
        <Fact label="DID document">
          <a href={kit.didDocumentUrl}>{kit.didDocumentUrl}</a>
        </Fact>
        <Fact label="Status list">
          <a href={kit.statusListUrl}>{kit.statusListUrl}</a>
        </Fact>
      </dl>
    </article>
  )
}

const FILES: readonly (readonly [string, string])[] = [
  [
    'credential.json',
    'The signed badge: a DataIntegrityProof with eddsa-rdfc-2022. Hand in this one.',
  ],
  ['credential.jwt', 'The same badge as VC-JWT; the issuer signs with ES256 unless set to RS256.'],
  ['badge.png', 'The picture of the badge with the signed badge in it (iTXt openbadgecredential).'],
  ['badge.svg', 'The same as SVG (openbadges:credential).'],
  ['did.json', 'The issuer’s DID document with its public keys, as the service publishes it.'],
  ['status-list.json', 'The signed list that says whether the badge was revoked.'],
]

function Files({ kit }: Props): JSX.Element {
  const files = FILES.filter(([name]) => kit.hasToken || name !== 'credential.jwt')
  return (
    <Chapter id="files" title="What is in it">
      <ul class="entries">
        {files.map(([name, what]) => (
          <li>
            <h3>
              <a href={name}>{name}</a>
            </h3>
            <p>{what}</p>
          </li>
        ))}
      </ul>
    </Chapter>
  )
}

function Steps({ kit }: Props): JSX.Element {
  return (
    <Chapter id="steps" title="How to hand it in">
      <ol class="prose">
        <li>
          Leave the service running at its address: the suite fetches the DID document and the
          status list, and may open the page of the badge.
        </li>
        <li>
          Give <code>credential.json</code> to 1EdTech’s public validator at vc.1ed.tech. It must
          report no error; warnings about addresses that it cannot reach mean that the service is
          not open to the internet.
        </li>
        <li>
          In 1EdTech’s certification suite choose Open Badges 3.0, role Issuer, without the API, and
          hand in <code>credential.json</code>. It was issued to <code>{CONFORMANCE_EMAIL}</code>,
          as the guide asks.
        </li>
        <li>
          Record the video that the guide asks for: how an earner gets a badge. Approve a review,
          open <a href={kit.badgeUrl}>the page of the badge</a>, press “Download the signed badge”,
          and open the file in a wallet.
        </li>
      </ol>
    </Chapter>
  )
}
