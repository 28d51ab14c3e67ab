/** The public definition of an achievement: what it stands for and what it takes. */
import type { JSX } from 'preact'
import type { ShownEndorsement } from '../../application/badge-view.js'
import type { Achievement, RubricCriterion } from '../../domain/achievement.js'
import type { IssuerProfile } from '../../domain/profile.js'
import { Endorsements } from './endorsement-list.js'
import { renderPage } from './layout.js'
import { Markdown } from './markdown.js'
import type { PageAssets } from './page-assets.js'
import { AlignmentList, achievementTypeName, Chapter, Fact, Identifier } from './parts.js'
import { plainText } from './plain-text.js'

/** One version of an achievement, and where the newest is. */
export type AchievementModel = {
  readonly achievement: Achievement
  readonly url: string
  readonly issuer: Pick<IssuerProfile, 'name'>
  readonly isLatest: boolean
  readonly latestUrl: string
  readonly endorsements: readonly ShownEndorsement[]
}

type Props = { readonly model: AchievementModel; readonly assets: PageAssets }

/** The achievement's page as a complete HTML document; only the newest version is indexed. */
export function renderAchievementPage(model: AchievementModel, assets: PageAssets): string {
  const { achievement, issuer } = model
  return renderPage({
    title: achievement.name,
    description: achievement.description,
    url: model.url,
    indexed: model.isLatest,
    speaker: `${issuer.name} defined this achievement and publishes this page.`,
    assets,
    children: <AchievementPage model={model} assets={assets} />,
  })
}

function AchievementPage(props: Props): JSX.Element {
  const { achievement } = props.model
  return (
    <>
      <AchievementCard {...props} />
      <div class="chapters" lang={achievement.inLanguage}>
        <Chapter id="criteria" title="What it takes">
          <h3>What has to be shown</h3>
          <Markdown text={achievement.criteria.narrative} />
        </Chapter>
        {achievement.rubric.length === 0 ? null : (
          <Chapter id="rubric" title="How it is judged">
            {achievement.rubric.map((criterion) => (
              <RubricRow criterion={criterion} />
            ))}
          </Chapter>
        )}
        {achievement.alignments.length === 0 ? null : (
          <Chapter id="alignments" title="Where it fits">
            <AlignmentList alignments={achievement.alignments} />
          </Chapter>
        )}
      </div>
      <div class="chapters">
        <Endorsements endorsements={props.model.endorsements} />
      </div>
    </>
  )
}

function AchievementCard(props: Props): JSX.Element {
  const { achievement, issuer, url } = props.model
  return (
    <article class="card">
      <OlderVersion {...props} />
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
          <h1 lang={achievement.inLanguage} dir="auto">
            {plainText(achievement.name)}
          </h1>
          <p class="lede" lang={achievement.inLanguage} dir="auto">
            {plainText(achievement.description)}
          </p>
        </div>
      </div>
      <dl class="facts">
        <Fact label="Defined by">
          <span class="issuer-name" dir="auto">
            {plainText(issuer.name)}
          </span>
        </Fact>
        <Fact label="Version">{achievement.version}</Fact>
        <Fact label="Validity">{validity(achievement.validityMonths)}</Fact>
        {achievement.tags.length === 0 ? null : (
          <Fact label="Subjects">
            <span dir="auto">{achievement.tags.map(plainText).join(' · ')}</span>
          </Fact>
        )}
        <Fact label="Address">
          <Identifier>{url}</Identifier>
        </Fact>
      </dl>
    </article>
  )
}

function OlderVersion(props: Props): JSX.Element | null {
  const { isLatest, latestUrl } = props.model
  if (isLatest) return null
  return (
    <p class="notice">
      This is an earlier version. Badges that were earned under it stay as they are;{' '}
      <a href={latestUrl}>the newest version is here</a>.
    </p>
  )
}

/** “A badge stays valid for 24 months” in words; without a number it does not expire. */
function validity(months: number | undefined): string {
  if (months === undefined) return 'A badge does not expire'
  return `A badge stays valid for ${months === 1 ? 'one month' : `${months} months`}`
}

function RubricRow(props: { readonly criterion: RubricCriterion }): JSX.Element {
  const { criterion } = props
  return (
    <div class="rubric">
      <h3 dir="auto">{plainText(criterion.name)}</h3>
      <ol>
        {criterion.levels.map((level) => (
          <li>
            <strong dir="auto">{plainText(level.name)}</strong>
            {level.level === criterion.requiredLevel ? (
              <span class="required" lang="en">
                {' '}
                needed for the badge
              </span>
            ) : null}
            {level.description === undefined ? null : (
              <p dir="auto">{plainText(level.description)}</p>
            )}
          </li>
        ))}
      </ol>
    </div>
  )
}
