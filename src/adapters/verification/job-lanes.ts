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

export type Lanes<T> = {
  /** @returns false when so many wait already */
  add(lane: Lane, job: T): boolean
  /**
   * The next job for a worker.
   * @param isFirst the only worker that takes from the heavy lane, and then before the other
   */
  next(isFirst: boolean): T | undefined
  remove(job: T): void
  clear(): readonly T[]
}

/** @param limits how many may wait in each */
export function createLanes<T>(limits: Readonly<Record<Lane, number>>): Lanes<T> {
  const waiting: Readonly<Record<Lane, T[]>> = { light: [], heavy: [] }
  return {
    add(lane, job) {
      if (waiting[lane].length >= limits[lane]) return false
      waiting[lane].push(job)
      return true
    },
    next: (isFirst) => (isFirst ? waiting.heavy.shift() : undefined) ?? waiting.light.shift(),
    remove(job) {
      for (const lane of [waiting.light, waiting.heavy]) {
        const place = lane.indexOf(job)
        if (place >= 0) lane.splice(place, 1)
      }
    },
    clear: () => [...waiting.light.splice(0), ...waiting.heavy.splice(0)],
  }
}
