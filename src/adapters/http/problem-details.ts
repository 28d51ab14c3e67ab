/** IssuerError → RFC 9457 problem document, for machines, or a page, for people. */
import type { ErrorRequestHandler, Request, Response } from 'express'
import { type ErrorCode, IssuerError } from '../../domain/issuer-error.js'
import type { PageAssets } from '../pages/page-assets.js'
import { renderProblemPage } from '../pages/problem-page.js'
import { prefersHtml } from './negotiation.js'
import { PROBLEM_TYPES, problemSlug } from './problem-types.js'

export type ProblemDocument = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code?: ErrorCode
  readonly [extension: string]: unknown
}

/** Reports what callers do not see. */
export type FailureLog = (failure: {
  id: string
  code: string
  status: number
  error: unknown
}) => void

export type ProblemOptions = {
  readonly baseUrl: string
  readonly assets: PageAssets
  readonly log: FailureLog
}

/** The problem document for an error; anything that is not an IssuerError says nothing of itself. */
export function toProblem(error: IssuerError, baseUrl: string): ProblemDocument {
  const { status, title } = PROBLEM_TYPES[error.code]
  return {
    type: `${baseUrl}/problems/${problemSlug(error.code)}`,
    title,
    status,
    detail: error.message,
    code: error.code,
    ...(error.pointer === undefined ? {} : { pointer: error.pointer }),
    ...(error.faults.length === 0 ? {} : { errors: error.faults }),
    ...(error.rule === undefined ? {} : { rule: error.rule }),
    ...(error.citation === undefined ? {} : { citation: error.citation }),
  }
}

/** Sends a problem as a page to people and as problem+json to machines. */
export function sendProblem(
  request: Request,
  response: Response,
  problem: ProblemDocument,
  options: ProblemOptions,
): void {
  response.status(problem.status).set('Cache-Control', 'no-store').vary('Accept')
  if (problem.status === 401) response.set('WWW-Authenticate', 'Bearer realm="imprimatur"')
  // The rest of such a body is not waited for.
  if (problem.status === 413) response.set('Connection', 'close')
  if (problem.status === 503) response.set('Retry-After', '5')
  if (prefersHtml(request)) {
    const { status, title, detail } = problem
    response
      .type('html')
      .send(
        renderProblemPage(
          { status, title, detail, id: String(response.locals['requestId']) },
          options.assets,
        ),
      )
    return
  }
  response.type('application/problem+json').send(JSON.stringify(problem))
}

/** The last handler: every error becomes a problem; details of bugs go to the log only. */
export function problemHandler(options: ProblemOptions): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) {
      next(error)
      return
    }
    const id = String(response.locals['requestId'])
    const known = error instanceof IssuerError ? error : fromFramework(error)
    const problem = known === undefined ? internal(id) : toProblem(known, options.baseUrl)
    if (problem.status >= 500) {
      options.log({ id, code: known?.code ?? 'INTERNAL', status: problem.status, error })
    }
    setRetryAfter(response, known)
    sendProblem(request, response, { ...problem, requestId: id }, options)
  }
}

/** For answers that a caller may have for the asking, only later. */
export function setRetryAfter(response: Response, error: IssuerError | undefined): void {
  if (error?.retryAfterS !== undefined) response.set('Retry-After', String(error.retryAfterS))
}

function internal(id: string): ProblemDocument {
  const detail = `Something went wrong on our side. Sending it again does no harm; quote ${id} when you ask about it.`
  return { type: 'about:blank', title: 'Internal Server Error', status: 500, detail }
}

/** Errors that express and its body readers raise, by their HTTP status. */
function fromFramework(error: unknown): IssuerError | undefined {
  const status =
    typeof error === 'object' && error !== null ? Reflect.get(error, 'status') : undefined
  if (status === 413) return new IssuerError('BODY_TOO_LARGE', tooLargeSentence(error))
  if (status === 415) {
    return new IssuerError('MEDIA_TYPE_UNSUPPORTED', 'Send the body as UTF-8 without compression.')
  }
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new IssuerError('REQUEST_MALFORMED', 'The request cannot be read.', { cause: error })
  }
  return undefined
}

/** The body readers name their limit in `limit`. */
function tooLargeSentence(error: unknown): string {
  const limit =
    typeof error === 'object' && error !== null ? Reflect.get(error, 'limit') : undefined
  const most = typeof limit === 'number' ? ` At most ${limit} bytes are.` : ''
  return `The body is larger than this address accepts.${most}`
}
