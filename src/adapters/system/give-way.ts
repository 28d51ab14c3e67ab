/** Priority of a single thread, where the system has such a thing. */
import { constants, setPriority } from 'node:os'

/**
 * From now on the calling thread runs only when no other wants its processor. On Linux the call counts for
 * one thread; elsewhere it would slow down the whole process, so nothing is done there.
 */
export function giveWay(): void {
  if (process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_LOW)
}
