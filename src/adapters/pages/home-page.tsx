/** The front page: what this is, a box to check a badge, and the catalogue. */
import type { JSX } from 'preact'
import type { Achievement } from '../../domain/achievement.js'
import { renderPage } from './layout.js'
import type { PageAssets } from './page-assets.js'
import { achievementTypeName } from './parts.js'
import { plainLine, plainText } from './plain-text.js'
import { VerifyForm } from './verify-form.js'

const BLURB_MAX = 260

/** An achievement of the catalogue and the address of its page. */
export type CatalogueEntry = {
  readonly achievement: Achievement
  readonly url: string
  /** Of who awards it, when it is not the programme itself. */
  readonly issuerName?: string
}

/** The front page as a complete HTML document. */
export function renderHomePage(
  model: { readonly achievements: readonly CatalogueEntry[] },
  assets: PageAssets,
): string {
  return renderPage({
    title: 'Badges that anyone can check',
    description: `Micro-credentials of ${assets.issuerName}: signed badges for reviewed work, which anyone can check without an account.`,
    url: `${assets.baseUrl}/`,
    indexed: true,
    speaker: `${assets.issuerName} publishes this page and the catalogue on it.`,
    assets,
    children: (
      <>
        <Opening issuerName={assets.issuerName} />
        <Catalogue achievements={model.achievements} assets={assets} />
      </>
    ),
  })
}

function Opening(props: { readonly issuerName: string }): JSX.Element {
  return (
    <div class="opening">
      <div>
        <h1>Badges that anyone can check</h1>
        <p class="lede">
          {plainText(props.issuerName)} gives a badge for work that reviewers have read and
          approved, and signs it. Whoever is shown one, an employer or a principal, can check here
          in a moment that it is real.
        </p>
        <p class="epigraph">
          <em lang="la">Imprimatur</em>: “let it be printed”, the mark of approval before
          publication
        </p>
      </div>
      <section class="sheet" aria-labelledby="verify">
        <h2 id="verify">Check a badge</h2>
        <VerifyForm compact />
      </section>
    </div>
  )
}

function Catalogue(props: {
  readonly achievements: readonly CatalogueEntry[]
  readonly assets: PageAssets
}): JSX.Element {
  return (
    <section class="catalogue" aria-labelledby="catalogue">
      <h2 id="catalogue">The catalogue</h2>
      {props.achievements.length === 0 ? <p>Nothing has been published yet.</p> : null}
      <ul>
        {props.achievements.map((entry) => (
          <CatalogueCard entry={entry} assets={props.assets} />
        ))}
      </ul>
    </section>
  )
}

function CatalogueCard(props: {
  readonly entry: CatalogueEntry
  readonly assets: PageAssets
}): JSX.Element {
  const { achievement, url, issuerName } = props.entry
  return (
    <li class="catalogue-card">
      <img class="art" src={props.assets.artUrl(achievement)} alt="" width="600" height="600" />
      <div lang={achievement.inLanguage}>
        <p class="label" lang="en">
          {achievementTypeName(achievement.achievementType)}
          {issuerName === undefined ? null : (
            <>
              {' of '}
              <bdi>{plainText(issuerName)}</bdi>
            </>
          )}
        </p>
        <h3 dir="auto">
          <a href={url}>{plainText(achievement.name)}</a>
        </h3>
        <p dir="auto">{plainLine(achievement.description, BLURB_MAX)}</p>
      </div>
    </li>
  )
}
