/**
 * Verifying with documents of others. A pass never waits for a network: it says what it would need,
 * that is fetched, and the whole is judged again; so no slow stranger holds up a worker.
 */
import type { OutboundAnswer } from './ports/outbound.js'
import type {
  CredentialVerifier,
  JudgePass,
  PassResult,
  VerifyOptions,
  WantedDocument,
} from './ports/verifier.js'

/**
 * Where the badge itself was, keys, a refreshed badge and its keys, list, the list's keys, then the same for
 * what endorsers say: no honest badge needs more.
 */
const MAX_ROUNDS = 10
const MAX_DOCUMENTS = 12
const MAX_TIME_MS = 20_000

export type DocumentSource = (wanted: WantedDocument) => Promise<OutboundAnswer>

/** @param elapsedMs a clock that never goes back */
export function createDocumentVerifier(
  judge: JudgePass,
  source: DocumentSource,
  elapsedMs: () => number,
): CredentialVerifier {
  return {
    async verify(bytes, options = {}) {
      const { result } = await judgeWithDocuments(judge, source, elapsedMs, bytes, options)
      return result
    },
  }
}

async function judgeWithDocuments(
  judge: JudgePass,
  source: DocumentSource,
  elapsedMs: () => number,
  bytes: Uint8Array,
  options: VerifyOptions,
): Promise<PassResult> {
  const startMs = elapsedMs()
  const answers = new Map<string, OutboundAnswer>()
  let pass = await judge(bytes, options, answers)
  for (let round = 1; pass.wanted.length > 0; round += 1) {
    const isOver = round > MAX_ROUNDS || elapsedMs() - startMs > MAX_TIME_MS
    const allowed = isOver ? 0 : Math.max(0, MAX_DOCUMENTS - answers.size)
    const came = await Promise.all(
      pass.wanted.map(async (wanted, index) => {
        const answer = index < allowed ? await source(wanted) : TOO_MANY
        return [wanted.url, answer] as const
      }),
    )
    for (const [url, answer] of came) answers.set(url, answer)
    pass = await judge(pass.read ?? bytes, options, answers)
    if (isOver) break
  }
  return pass
}

const TOO_MANY: OutboundAnswer = {
  kind: 'fault',
  fault: 'busy',
  sentence: 'It names more documents elsewhere than are looked up for one badge.',
}
