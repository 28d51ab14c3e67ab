/** What must hold of badges and keys after keys were rotated: here, and for a stranger. */
import { decodeProtectedHeader } from 'jose'
import { request } from './client.mjs'
import { createBadgeReader, createTokenReader } from './stranger.mjs'

const KEYS = 'select key_id, method_id, algorithm, state, activated, retired from signing_keys'
const BADGES = 'select code, secured_json, token from badges'

/** @returns `counts` and `findings`, see judgeFacts */
export async function judgeKeys(baseUrl, database) {
  const keys = await database.query(KEYS)
  const badges = (await database.query(BADGES)).map(readBadge)
  const published = await readPublished(baseUrl, badges)
  return {
    counts: {
      keys: keys.length,
      'keys in the DID document': published.did.verificationMethod.length,
      'keys in the JWK Set': published.jwks.keys.length,
    },
    findings: [
      ...judgeUse(keys, badges),
      controlUse(keys, badges),
      ...(await judgeElsewhere(published, badges)),
      await controlElsewhere(published, badges),
    ],
  }
}

/** A token does not say when it was signed. */
function readBadge({ code, secured_json: text, token }) {
  const { id, proof, credentialStatus } = JSON.parse(text)
  const signatures = proof.map(({ verificationMethod, created }) => ({
    method: verificationMethod,
    created,
  }))
  const { kid } = decodeProtectedHeader(token)
  const list = credentialStatus.statusListCredential
  return { code, id, text, token, list, signatures: [...signatures, { method: kid }] }
}

async function readPublished(baseUrl, badges) {
  const read = async (where) => (await request(`${baseUrl}${where}`, {}))?.text ?? '{}'
  const lists = new Set(badges.map((badge) => badge.list))
  return {
    did: JSON.parse(await read('/.well-known/did.json')),
    jwks: JSON.parse(await read('/.well-known/jwks.json')),
    lists: await Promise.all([...lists].map((url) => read(new URL(url).pathname))),
  }
}

function judgeUse(keys, badges) {
  const known = new Map(keys.map((key) => [key.method_id, key]))
  const used = new Set(badges.flatMap(({ signatures }) => signatures.map(({ method }) => method)))
  const isActive = (key, kind) => key.algorithm === kind && key.state === 'active'
  return [
    {
      name: 'every key has signed badges, and one of each kind is active',
      faults: [
        ...keys.filter((key) => !used.has(key.method_id)).map((key) => key.key_id),
        ...['Ed25519', 'ES256'].filter(
          (kind) => keys.filter((key) => isActive(key, kind)).length !== 1,
        ),
      ],
    },
    {
      name: 'no signature is by an unknown key, or dated outside the use of its key',
      faults: badges.flatMap(({ code, signatures }) =>
        signatures
          .filter(({ method, created }) => !isWithin(known.get(method), created))
          .map(({ method, created = 'any time' }) => `${code}: ${method} at ${created}`),
      ),
    },
  ]
}

function isWithin(key, created) {
  if (key === undefined || key.activated === null) return false
  if (created === undefined) return true
  return key.activated <= created && (key.retired === null || created <= key.retired)
}

/** That the judgement can fail: each change to the life of the first key must be seen. */
function controlUse(keys, badges) {
  const first = keys.find((key) => key.algorithm === 'Ed25519' && key.retired !== null)
  const changed = (members) => keys.map((key) => (key === first ? { ...key, ...members } : key))
  const before = '2000-01-01T00:00:00Z'
  return control('to change the life of a key', {
    'a key that signed nothing': judgeUse([...keys, { ...first, method_id: 'none' }], badges),
    'a key that retired before': judgeUse(changed({ retired: before }), badges),
    'a key that began after': judgeUse(changed({ activated: '2999-01-01T00:00:00Z' }), badges),
    'a key that is active again': judgeUse(changed({ state: 'active' }), badges),
    'a key that nobody made': judgeUse(
      keys.filter((key) => key !== first),
      badges,
    ),
  })
}

async function judgeElsewhere({ did, jwks, lists }, badges) {
  const read = await createBadgeReader(did)
  const readToken = createTokenReader(jwks)
  const named = lists.map((text, index) => ({ code: `list ${index + 1}`, text }))
  return [
    {
      name: 'every badge verifies with @digitalbazaar/vc and the served DID document',
      faults: await collect(badges, ({ text }) => read(text)),
    },
    { name: 'so does every status list', faults: await collect(named, ({ text }) => read(text)) },
    {
      name: 'every badge as VC-JWT verifies with jose and the served JWK Set',
      faults: await collect(badges, ({ token, id }) => readToken(token, id)),
    },
  ]
}

/** That a stranger can say no: without the key in the documents, or with another word in the badge. */
async function controlElsewhere({ did, jwks }, [badge]) {
  const methods = badge.signatures.map(({ method }) => method)
  const isOther = ({ id, kid }) => !methods.includes(id ?? kid)
  const poorer = { ...did, verificationMethod: did.verificationMethod.filter(isOther) }
  const changed = { ...badge, text: badge.text.replace('Empowering', 'Devouring') }
  const published = { did, jwks, lists: [] }
  return control('to mislead a stranger', {
    'a key gone from the DID document': await judgeElsewhere({ ...published, did: poorer }, [
      badge,
    ]),
    'a changed badge': await judgeElsewhere(published, [changed]),
    'a key gone from the JWK Set': await judgeElsewhere(
      { ...published, jwks: { keys: jwks.keys.filter(isOther) } },
      [badge],
    ),
    'the token of another badge': await judgeElsewhere(published, [{ ...badge, id: 'urn:other' }]),
  })
}

/** @param ways findings by name of what was spoilt; each must have a fault */
function control(what, ways) {
  const unseen = Object.entries(ways)
    .filter(([, findings]) => findings.every(({ faults }) => faults.length === 0))
    .map(([name]) => name)
  return { name: `each of ${Object.keys(ways).length} ways ${what} is seen`, faults: unseen }
}

async function collect(rows, check) {
  const faults = []
  for (const row of rows) {
    const fault = await check(row)
    if (fault !== '') faults.push(`${row.code}: ${fault}`)
  }
  return faults
}
