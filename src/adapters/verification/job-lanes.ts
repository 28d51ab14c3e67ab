/** What waits for a worker, in two lanes: pictures and large texts must not hold up all the others. */
import type { ReadInput } from '../../application/ports/inputs.js'
import type { Answers } from '../../application/ports/verifier.js'

export type Lane = 'light' | 'heavy'

/** A badge is a few KiB, one with its picture inside a few hundred. */
const LIGHT_BYTES = 256 * 1024
/** First bytes of PNG and JPEG: in a picture without a badge a QR code is searched for, which takes long. */
const PICTURES: ReadonlySet<number | undefined> = new Set([0x89, 0xff])

/** The lane of a job, by what this pass has to read. */
export function laneOf(input: Uint8Array | ReadInput, answers: Answers): Lane {
  const bytes = input instanceof Uint8Array ? input : bytesToRead(input, answers)
  if (bytes === undefined) return 'light'
  return bytes.length > LIGHT_BYTES || PICTURES.has(bytes[0]) ? 'heavy' : 'light'
}

/** Of an input that an earlier pass read, only what it points to is still to be read. */
function bytesToRead({ found }: ReadInput, answers: Answers): Uint8Array | undefined {
  const answer = found.kind === 'address' ? answers.get(found.url) : undefined
  return answer?.kind === 'document' ? answer.bytes : undefined
}

/**
 * What a worker takes: one that is alone `all`, heavy jobs first; beside others one is there for the `heavy`
 * ones and gives way to the rest, which take the `light` ones. It takes `all` too while those are held up.
 */
export type Share = 'all' | 'heavy' | 'light'

export type Lanes<T> = {
  /** @returns false when so many wait already */
  add(lane: Lane, job: T): boolean
  /** The next job for a worker with this share. */
  next(share: Share): T | undefined
  remove(job: T): void
  clear(): readonly T[]
}

/**
 * The worker for heavy jobs helps when several light ones wait, or one for so long: one alone is sooner done by
 * a worker that need not give way.
 */
const HELP_FROM = 2
export const HELP_AFTER_MS = 50

/**
 * @param limits how many may wait in each
 * @param now milliseconds of a clock that only goes forward
 */
export function createLanes<T>(
  limits: Readonly<Record<Lane, number>>,
  now: () => number,
): Lanes<T> {
  type Waiting = { readonly job: T; readonly since: number }
  const waiting: Readonly<Record<Lane, Waiting[]>> = { light: [], heavy: [] }
  const needsHelp = () => {
    const [oldest] = waiting.light
    if (oldest === undefined) return false
    return waiting.light.length >= HELP_FROM || now() - oldest.since >= HELP_AFTER_MS
  }
  return {
    add(lane, job) {
      if (waiting[lane].length >= limits[lane]) return false
      waiting[lane].push({ job, since: now() })
      return true
    },
    next(share) {
      if (share === 'light') return waiting.light.shift()?.job
      const heavy = waiting.heavy.shift()
      if (heavy !== undefined) return heavy.job
      return share === 'all' || needsHelp() ? waiting.light.shift()?.job : undefined
    },
    remove(job) {
      for (const lane of [waiting.light, waiting.heavy]) {
        const place = lane.findIndex((one) => one.job === job)
        if (place >= 0) lane.splice(place, 1)
      }
    },
    clear: () => [...waiting.light.splice(0), ...waiting.heavy.splice(0)].map(({ job }) => job),
  }
}
