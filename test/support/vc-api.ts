/** Calls of the VC API, and a badge as its clients ask for one. */
import type { HttpAnswer, HttpService } from './http-service.js'

export const BASE_URL = 'https://badges.example.org'
export const DID = 'did:web:badges.example.org'
export const SLUG = 'empowering-students-as-creators'

/** Sends JSON to an address below `/vc-api/`. */
export function call(
  http: HttpService,
  path: string,
  body: unknown,
  token?: string,
): Promise<HttpAnswer> {
  return http.send({
    method: 'POST',
    path: `/vc-api/${path}`,
    headers: {
      'Content-Type': 'application/json',
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

/** A badge of the sample achievement for an invented earner, as a client may ask for it. */
export async function requestedBadge(
  http: HttpService,
  change: Readonly<Record<string, unknown>> = {},
): Promise<Record<string, unknown>> {
  const path = `/achievements/${SLUG}/1`
  const answer = await http.send({ path, headers: { Accept: 'application/json' } })
  const { '@context': _context, ...achievement } = answer.json()
  const id = `${BASE_URL}${path}`
  return {
    '@context': [
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    ],
    id: 'urn:uuid:6a9c92a9-2530-4e2b-9776-530467e9bbe0',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    issuer: { id: DID, type: ['Profile'], name: 'Future Ready Librarians' },
    validFrom: '2026-03-02T16:20:00Z',
    credentialSubject: {
      type: ['AchievementSubject'],
      identifier: [identity('emailAddress', 'ana@example.org'), identity('name', 'Ana Example')],
      achievement: { ...achievement },
      result: ['reflection', 'documentation', 'student-voice'].map((criterion) => ({
        type: ['Result'],
        resultDescription: `${id}#${criterion}`,
        achievedLevel: `${id}#${criterion}/demonstrated`,
      })),
    },
    ...change,
  }
}

export function identity(identityType: string, identityHash: string) {
  return { type: 'IdentityObject', hashed: false, identityHash, identityType }
}
