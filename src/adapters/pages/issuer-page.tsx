/** The page of the issuer: who signs, and with which keys. */
import type { JSX } from 'preact'
import type { ShownEndorsement } from '../../application/badge-view.js'
import type { IssuerProfile } from '../../domain/profile.js'
import type { SigningKey } from '../../domain/signing-key.js'
import { Day } from './dates.js'
import { Endorsements } from './endorsement-list.js'
import { renderPage } from './layout.js'
import { ProseLink, toHttpsUrl, toMailtoUrl } from './links.js'
import type { PageAssets } from './page-assets.js'
import { Chapter, Fact, Identifier } from './parts.js'
import { plainText } from './plain-text.js'

/** A published key of the issuer, past ones included. */
export type ShownKey = Pick<
  SigningKey,
  | 'keyId'
  | 'methodId'
  | 'algorithm'
  | 'state'
  | 'created'
  | 'activated'
  | 'retired'
  | 'compromisedSince'
>

/** The issuer, its keys and the address of its DID document. */
export type IssuerModel = {
  readonly issuer: IssuerProfile
  /** Of this page. */
  readonly url: string
  readonly keys: readonly ShownKey[]
  readonly endorsements: readonly ShownEndorsement[]
  readonly didDocumentUrl: string
}

/** The issuer's page as a complete HTML document. */
export function renderIssuerPage(model: IssuerModel, assets: PageAssets): string {
  const { issuer } = model
  return renderPage({
    title: `Who signs: ${issuer.name}`,
    description:
      issuer.description ?? `${issuer.name} signs its badges with the keys on this page.`,
    url: model.url,
    indexed: true,
    speaker: `${issuer.name} publishes this page and holds the keys on it.`,
    assets,
    children: (
      <>
        <IssuerCard issuer={issuer} />
        <div class="chapters">
          <Keys {...model} />
          <Endorsements endorsements={model.endorsements} />
        </div>
      </>
    ),
  })
}

function IssuerCard(props: { readonly issuer: IssuerProfile }): JSX.Element {
  const { issuer } = props
  const mailto = issuer.email === undefined ? undefined : toMailtoUrl(`mailto:${issuer.email}`)
  return (
    <article class="card">
      <p class="label">Issuer</p>
      <h1 dir="auto">{plainText(issuer.name)}</h1>
      {issuer.description === undefined ? null : (
        <p class="lede" dir="auto">
          {plainText(issuer.description)}
        </p>
      )}
      <dl class="facts">
        <Fact label="Identifier">
          <Identifier>{issuer.id}</Identifier>
          <span class="quiet">Every badge from us names this identifier as its issuer.</span>
        </Fact>
        {issuer.url === undefined ? null : (
          <Fact label="Web site">
            <WebSite url={issuer.url} />
          </Fact>
        )}
        {issuer.email === undefined ? null : (
          <Fact label="Write to">
            {mailto === undefined ? (
              plainText(issuer.email)
            ) : (
              <a href={mailto}>{plainText(issuer.email)}</a>
            )}
          </Fact>
        )}
      </dl>
    </article>
  )
}

function WebSite(props: { readonly url: string }): JSX.Element {
  const href = toHttpsUrl(props.url)
  const text = plainText(props.url)
  return href === undefined ? <span>{text}</span> : <ProseLink href={href}>{text}</ProseLink>
}

function Keys(props: IssuerModel): JSX.Element {
  return (
    <Chapter id="keys" title="The keys">
      <p>
        A badge is genuine when one of these public keys fits its signature. Keys of the past stay
        on the list, so that older badges can still be checked.
      </p>
      <ul class="entries">
        {[...props.keys].sort(byUse).map((key) => (
          <li>
            <h3>
              <KeyLife {...key} />
            </h3>
            <p>{KEY_PURPOSE[key.algorithm]}</p>
            {key.state === 'compromised' ? (
              <p>{key.algorithm === 'Ed25519' ? LOST_KEY : LOST_TOKEN_KEY}</p>
            ) : null}
            <p class="label">Name of the key</p>
            <Identifier>{key.methodId}</Identifier>
          </li>
        ))}
      </ul>
      {props.keys.length === 0 ? <p>No key has been published yet.</p> : null}
      <p>
        <a href={props.didDocumentUrl}>The same for machines (DID document)</a>
      </p>
    </Chapter>
  )
}

const ORDER: readonly ShownKey['state'][] = ['active', 'pending', 'retired', 'compromised']

/** Those in use first, the newest of the past before older ones. */
function byUse(a: ShownKey, b: ShownKey): number {
  const order = ORDER.indexOf(a.state) - ORDER.indexOf(b.state)
  return order === 0 ? Number(a.created < b.created) - Number(a.created > b.created) : order
}

const LOST_KEY =
  'Somebody else may have it. What it signed counts only where our own log shows it from before that day; our check looks there.'
const LOST_TOKEN_KEY =
  'Somebody else may have it. Do not rely on tokens that it signed; the badges themselves have another key.'

const KEY_PURPOSE: Readonly<Record<ShownKey['algorithm'], string>> = {
  Ed25519: 'For badges as documents (Ed25519).',
  ES256: 'For badges in their compact form, as tokens (ES256).',
  RS256: 'For badges in their compact form, as tokens (RS256).',
}

/** When the key was used, in one line. */
function KeyLife(props: ShownKey): JSX.Element {
  const { state, created, activated, retired, compromisedSince } = props
  if (state === 'pending') return <span>Not in use yet</span>
  const since = <Day iso={activated ?? created} />
  if (state === 'active') return <span>In use since {since}</span>
  if (state === 'retired' && retired !== undefined)
    return (
      <span>
        In use from {since} until <Day iso={retired} />
      </span>
    )
  return (
    <span>
      No longer trusted since <Day iso={compromisedSince ?? created} />
    </span>
  )
}
