/** The card of one badge: verdict, certificate, imprint and QR; what is printed and hung on a wall. */
import type { JSX } from 'preact'
import type { BadgeView } from '../../application/badge-view.js'
import { Day, toDay } from './dates.js'
import { toHttpsUrl } from './links.js'
import type { PageAssets } from './page-assets.js'
import { achievementTypeName, Fact, Identifier } from './parts.js'
import { plainText } from './plain-text.js'
import { StandingNote } from './standing-note.js'
import { VerdictBand } from './verdict.js'

/** Names of more characters than this are set smaller, so that a certificate stays one page. */
const LONG_NAME = 60

type Props = { readonly view: BadgeView; readonly assets: PageAssets }

/** Stamp first, then what was earned and by whom, then the facts and the way back to this page. */
export function BadgeCard(props: Props): JSX.Element {
  const { view, assets } = props
  return (
    <article class="card">
      <VerdictBand
        report={view.report}
        signer={view.issuer.name}
        next={view.replacedBy === undefined}
        standing={isUnchanged(view) ? undefined : <StandingNote view={view} />}
      />
      <Certificate view={view} assets={assets} />
      <div class="imprint">
        <Facts view={view} assets={assets} />
        <QrFigure view={view} assets={assets} />
      </div>
    </article>
  )
}

function isUnchanged(view: BadgeView): boolean {
  return view.status === undefined && view.replacedBy === undefined
}

function Certificate(props: Props): JSX.Element {
  const { achievement } = props.view
  return (
    <div class="certificate">
      <img
        class="art"
        src={props.assets.artUrl(achievement)}
        alt={plainText(achievement.image.caption)}
        width="600"
        height="600"
      />
      <div class="certificate-text">
        <p class="label">{achievementTypeName(achievement.achievementType)}</p>
        <h1 class={sized('title', achievement.name)} lang={achievement.inLanguage} dir="auto">
          {plainText(achievement.name)}
        </h1>
        <Earner view={props.view} />
        <p class="lede" lang={achievement.inLanguage} dir="auto">
          {plainText(achievement.description)}
        </p>
      </div>
    </div>
  )
}

function Earner({ view: { earner, isUnclaimed } }: { readonly view: BadgeView }): JSX.Element {
  if (earner === undefined) {
    return (
      <div class="earner-line">
        <p class="earner-private">
          {isUnclaimed
            ? 'Awarded, and not yet claimed by its earner'
            : 'Awarded to someone whose name is theirs to share'}
        </p>
        <p class="quiet">
          The earner has not made their name public. The award counts no less; ask them, and they
          can show you that it is theirs.
        </p>
      </div>
    )
  }
  return (
    <p class="earner-line">
      <span class="awarded-to">Awarded to </span>
      <span class={sized('earner', earner)} dir="auto">
        {plainText(earner)}
      </span>
    </p>
  )
}

function sized(name: string, text: string): string {
  return text.length > LONG_NAME ? `${name} is-long` : name
}

function Facts(props: Props): JSX.Element {
  const { view } = props
  const startsLater = toDay(view.validFrom) !== toDay(view.awardedDate)
  return (
    <dl class="facts">
      <Fact label="Issued by">
        <IssuerName view={view} />
        <Identifier>{view.issuer.id}</Identifier>
      </Fact>
      <Fact label="Awarded">
        <Day iso={view.awardedDate} />
      </Fact>
      {startsLater ? (
        <Fact label="Valid from">
          <Day iso={view.validFrom} />
        </Fact>
      ) : null}
      <Fact label="Valid until">
        {view.validUntil === undefined ? 'It does not expire' : <Day iso={view.validUntil} />}
      </Fact>
      <Fact label="Badge no.">
        <Identifier>{view.code}</Identifier>
      </Fact>
      {view.replaces === undefined ? null : (
        <Fact label="Replaces" screenOnly>
          <a href={view.replaces}>an earlier badge, which was corrected</a>
        </Fact>
      )}
    </dl>
  )
}

function IssuerName(props: { readonly view: BadgeView }): JSX.Element {
  const { issuer } = props.view
  const href = issuer.url === undefined ? undefined : toHttpsUrl(issuer.url)
  const name = plainText(issuer.name)
  return (
    <span class="issuer-name" dir="auto">
      {href === undefined ? (
        name
      ) : (
        <a href={href} rel="noopener noreferrer">
          {name}
        </a>
      )}
    </span>
  )
}

function QrFigure(props: Props): JSX.Element {
  const { view, assets } = props
  return (
    <figure class="qr">
      <img
        src={assets.qrUrl(view.code)}
        alt={`QR code that leads to ${view.url}`}
        width="128"
        height="128"
      />
      <figcaption>
        <span class="label">This badge’s page</span>
        <a class="url" href={view.url}>
          {view.url}
        </a>
        <span class="screen-only">
          QR code as <a href={`${view.url}/qr.svg`}>SVG</a> or{' '}
          <a href={`${view.url}/qr.png`}>PNG</a>
        </span>
      </figcaption>
    </figure>
  )
}
