/** Changes the status of one badge or of many, and prints what became of each. No key is needed. */
import { readStatusFile } from '../../adapters/files/status-files.js'
import { systemClock, systemHasher } from '../../adapters/system/environment.js'
import { OPERATOR } from '../../application/actor.js'
import {
  changeBadgeStatus,
  changeManyStatuses,
  type StatusParts,
} from '../../application/change-status.js'
import { readStatusRequest, readStatusRow } from '../../application/read-status-request.js'
import type { Settings } from '../../config/settings.js'
import { badgeUrl } from '../../domain/badge-code.js'
import type { StatusChange } from '../../domain/badge-status.js'
import { withStore } from '../open-store.js'
import { say, warn } from '../terminal.js'

/** @throws NOT_FOUND, STATUS_CHANGE_INVALID, STATUS_CONFLICT; then nothing has changed */
export async function changeOne(
  settings: Settings,
  code: string,
  body: {
    readonly change: StatusChange
    readonly reason: string
    readonly public?: boolean
  },
): Promise<void> {
  const request = readStatusRequest(code, body)
  await withStatuses(settings, async (parts) => {
    const { state } = await changeBadgeStatus(parts, OPERATOR, request)
    say(`${badgeUrl(settings.baseUrl, request.code)} ${state}`)
  })
}

/** Every line gets its own line; a bad one does not stop the others, but the exit code says so. */
export async function changeMany(
  settings: Settings,
  file: string,
  options: {
    readonly change?: StatusChange
    readonly reason?: string
    readonly public?: boolean
  },
): Promise<void> {
  const { public: isPublic = false, ...defaults } = options
  const rows = readStatusFile(file, { ...defaults, isPublic })
  await withStatuses(settings, async (parts) => {
    let [place, refused] = [0, 0]
    const requests = rows.map(({ value }) => readStatusRow(value))
    for await (const outcome of changeManyStatuses(parts, OPERATOR, requests)) {
      const row = rows[place]
      place += 1
      if (outcome.kind === 'changed') {
        say(`${row?.place} ${outcome.changed.code} ${outcome.changed.state}`)
        continue
      }
      refused += 1
      const { code, message } = outcome.error
      warn(`${row?.place} ${row?.code.slice(0, 60)} refused (${code}): ${message}`)
    }
    if (refused > 0) {
      warn(`${refused} of ${rows.length} refused, ${rows.length - refused} changed.`)
      process.exitCode = 1
    }
  })
}

async function withStatuses(
  settings: Settings,
  work: (parts: StatusParts) => Promise<void>,
): Promise<void> {
  await withStore(settings, (database) =>
    work({ database, clock: systemClock, hasher: systemHasher }),
  )
}
