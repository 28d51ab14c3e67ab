/** Errors as people see them, and the list of the problem types that machines are told about. */
import { renderPage } from './layout.js'
import type { PageAssets } from './page-assets.js'
import { Identifier } from './parts.js'
import { plainText } from './plain-text.js'

/** One problem as shown to a person. Nothing internal belongs in `detail`. */
export type ShownProblem = {
  /** HTTP status. */
  readonly status: number
  readonly title: string
  readonly detail: string
  /** What the reader can do now. */
  readonly next?: string
  /** Number to quote when asking for help. */
  readonly id?: string
}

/** An error page as a complete HTML document, never indexed. */
export function renderProblemPage(problem: ShownProblem, assets: PageAssets): string {
  return renderPage({
    title: problem.title,
    description: problem.detail,
    indexed: false,
    speaker: `This page comes from the badge service of ${assets.issuerName}.`,
    assets,
    children: (
      <article class="card problem">
        <p class="problem-status" aria-hidden="true">
          {problem.status}
        </p>
        <div>
          <h1 dir="auto">{plainText(problem.title)}</h1>
          <p class="lede" dir="auto">
            {plainText(problem.detail)}
          </p>
          {problem.next === undefined ? null : <p dir="auto">{plainText(problem.next)}</p>}
          {problem.id === undefined ? null : (
            <p class="quiet">
              If you ask for help, quote <Identifier>{problem.id}</Identifier>
            </p>
          )}
          <p>
            <a href={`${assets.baseUrl}/`}>To the front page</a>
          </p>
        </div>
      </article>
    ),
  })
}

/** A kind of problem that our API reports (RFC 9457, member `type`). */
export type ProblemType = {
  /** Last part of the type's URL and anchor on the page. */
  readonly slug: string
  readonly title: string
  readonly status: number
  readonly detail: string
}

/** The page that the `type` URLs of our problem documents lead to (RFC 9457, section 4). */
export function renderProblemTypesPage(
  model: { readonly types: readonly ProblemType[] },
  assets: PageAssets,
): string {
  return renderPage({
    title: 'Problem types',
    description: 'What the problem documents of this service mean (RFC 9457).',
    url: `${assets.baseUrl}/problems`,
    indexed: true,
    speaker: `The badge service of ${assets.issuerName} reports these problems.`,
    assets,
    children: (
      <article class="card">
        <p class="label">For developers</p>
        <h1>Problem types</h1>
        <p class="lede">
          When a request fails, the answer is a problem document. Its type is one of these.
        </p>
        <dl class="problem-types">
          {model.types.map((type) => (
            <div id={type.slug}>
              <dt>
                <span class="problem-title">{plainText(type.title)}</span>{' '}
                <Identifier>{`${type.status} ${type.slug}`}</Identifier>
              </dt>
              <dd>{plainText(type.detail)}</dd>
            </div>
          ))}
        </dl>
      </article>
    ),
  })
}
