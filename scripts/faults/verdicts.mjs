/** Verifies every badge of a run with both implementations and says what came out. */
import { loadPinnedContexts } from '../../dist/adapters/documents/pinned-contexts.js'
import { createIndependentVerifier } from '../../dist/adapters/independent/independent-verifier.js'
import { judgeFacts, readFacts } from './facts.mjs'
import { createSabotagedCopy, SABOTAGES } from './sabotage.mjs'

/** Checks under way at a time; the service refuses more than 64. */
const PARALLEL = 16

/**
 * Reads the database (or its sabotaged copy), judges it and verifies every badge.
 * @param run `database`, `sabotage` (a kind or ''), `acknowledged` (id → code) and `verifyOurs`, from
 *   a stored badge to '' or what is wrong with it
 * @returns `counts` by name and `findings`, see judgeFacts
 */
export async function judgeRun({ database, sabotage, acknowledged, verifyOurs }) {
  const query = sabotage === '' ? database.query : createSabotagedCopy(database, sabotage)
  const facts = await readFacts(query)
  const findings = [
    ...judgeFacts(facts, acknowledged),
    { name: 'the database finds no fault in itself', faults: await database.examine() },
    {
      name: 'every badge verifies with the service’s own verifier',
      faults: await collectFaults(facts.badges, verifyOurs),
    },
    {
      name: 'every badge verifies with the independent implementation',
      faults: await collectFaults(facts.badges, await createIndependentCheck()),
    },
    ...(database.file === undefined ? [] : [await judgeControls(database, acknowledged)]),
  ]
  const counts = {
    'reviews acknowledged': acknowledged.size,
    'reviews recorded': facts.reviews.length,
    'badges stored': facts.badges.length,
    'status indexes used': facts.entries.length,
    'status lists': new Set(facts.entries.map((entry) => entry.list_id)).size,
    'intents open': facts.intents.filter((intent) => intent.state === 'open').length,
    'audit entries badge.issued': facts.audit.filter((one) => one.action === 'badge.issued').length,
  }
  return { counts, findings }
}

/** Every run is its own control: each way to break this very database must be seen. */
async function judgeControls(database, acknowledged) {
  const faults = []
  for (const kind of SABOTAGES) {
    const findings = judgeFacts(await readFacts(createSabotagedCopy(database, kind)), acknowledged)
    if (findings.every((finding) => finding.faults.length === 0)) faults.push(kind)
  }
  const name = `each of ${SABOTAGES.length} ways to break a copy of the database is seen`
  return { name, faults }
}

async function createIndependentCheck() {
  const verifier = createIndependentVerifier(await loadPinnedContexts())
  return async (badge) => (await verifier.verify(badge.secured_json)).reasons.join(' ')
}

async function collectFaults(badges, check) {
  const faults = []
  const waiting = [...badges]
  const lane = async () => {
    for (let badge = waiting.pop(); badge !== undefined; badge = waiting.pop()) {
      const fault = await check(badge)
      if (fault !== '') faults.push(`${badge.code}: ${fault}`)
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, lane))
  return faults
}

/** Prints counts and findings. Returns whether everything holds. */
export function printOutcome(counts, findings) {
  for (const [name, count] of Object.entries(counts)) console.log(`${name.padEnd(30)} ${count}`)
  for (const { name, faults } of findings) {
    console.log(faults.length === 0 ? `holds   ${name}` : `BROKEN  ${name}: ${faults.length}`)
    for (const fault of faults.slice(0, 5)) console.log(`          ${fault}`)
  }
  const broken = findings.filter(({ faults }) => faults.length > 0).length
  console.log(broken === 0 ? 'Every invariant holds.' : `${broken} invariants are broken.`)
  return broken === 0
}
