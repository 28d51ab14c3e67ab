/** An earner with her link. */
import { makeClaimLink } from '../../src/application/claim/claim-links.js'
import { ownForm } from './desk.js'
import { BROWSER_ACCEPT } from './http-forms.js'
import type { HttpAnswer, HttpService } from './http-service.js'

export type Choice = {
  readonly name: string
  readonly evidence: readonly number[]
  readonly listed: boolean
  readonly preview: string
}

/** The path of a fresh link to a badge. */
export async function claimPath({ service }: HttpService, code: string): Promise<string> {
  const { issuing } = service
  const link = await issuing.database.transaction((stores) =>
    makeClaimLink(issuing, stores, code, 'mailed'),
  )
  return new URL(link).pathname
}

export function openPage({ send }: HttpService, path: string): Promise<HttpAnswer> {
  return send({ path, headers: { Accept: BROWSER_ACCEPT } })
}

/** Sends the form as a browser does. */
export function choose(
  { send }: HttpService,
  path: string,
  { name, evidence, listed, preview }: Choice,
): Promise<HttpAnswer> {
  const form = new URLSearchParams({ name, preview, ...(listed ? { listed: 'on' } : {}) })
  for (const position of evidence) form.append('evidence', String(position))
  return send({ method: 'POST', path, headers: ownForm(), body: form.toString() })
}
