/** What must hold of badges and keys after keys were rotated. */
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { request } from './client.mjs'

const KEYS = 'select key_id, method_id, algorithm, state, activated, retired from signing_keys'
const BADGES = 'select code, secured_json, token from badges'

/** @returns `counts` and `findings`, see judgeFacts */
export async function judgeKeys(baseUrl, database) {
  const keys = await database.query(KEYS)
  const badges = (await database.query(BADGES)).map(readBadge)
  const did = JSON.parse((await request(`${baseUrl}/.well-known/did.json`, {})).text)
  const jwks = JSON.parse((await request(`${baseUrl}/.well-known/jwks.json`, {})).text)
  const used = new Set(badges.flatMap(({ methods, kid }) => [...methods, kid]))
  return {
    counts: { keys: keys.length, 'keys in the DID document': did.verificationMethod.length },
    findings: [
      {
        name: 'every key has signed badges, and one of each kind is active',
        faults: [
          ...keys.filter((key) => !used.has(key.method_id)).map((key) => key.key_id),
          ...['Ed25519', 'ES256'].filter(
            (one) => keys.filter((key) => isActive(key) && key.algorithm === one).length !== 1,
          ),
        ],
      },
      {
        name: 'no badge is dated outside the use of its key',
        faults: badges.flatMap((badge) => datedOutside(badge, keys)),
      },
      {
        name: 'the served DID document lists every key that signed',
        faults: badges.flatMap(({ code, methods }) =>
          methods.every((one) => did.assertionMethod.includes(one)) ? [] : [code],
        ),
      },
      {
        name: 'every badge as VC-JWT verifies with jose against the served keys',
        faults: await collectTokens(badges, createLocalJWKSet(jwks)),
      },
    ],
  }
}

const isActive = (key) => key.state === 'active'

function readBadge({ code, secured_json: securedJson, token }) {
  const { proof } = JSON.parse(securedJson)
  const methods = proof.map((one) => one.verificationMethod)
  return { code, token, methods, created: proof[0].created, kid: decodeProtectedHeader(token).kid }
}

function datedOutside({ code, methods, created }, keys) {
  const key = keys.find((one) => one.method_id === methods[0])
  const isInside = key !== undefined && key.activated <= created
  return isInside && (key.retired === null || created <= key.retired) ? [] : [`${code} ${created}`]
}

async function collectTokens(badges, keys) {
  const faults = []
  for (const { code, token } of badges) {
    try {
      await jwtVerify(token, keys)
    } catch (error) {
      faults.push(`${code}: ${error.message}`)
    }
  }
  return faults
}
