/** Signs endorsements and shows them. */
import { readTextFile } from '../../adapters/files/read-text.js'
import { OPERATOR } from '../../application/actor.js'
import { addEndorsement } from '../../application/add-endorsement.js'
import { readEndorsementRequest } from '../../application/read-endorsement-request.js'
import type { Settings } from '../../config/settings.js'
import { endorsementUrl } from '../../domain/endorsement-credential.js'
import { IssuerError } from '../../domain/issuer-error.js'
import { compose } from '../compose.js'
import { withStore } from '../open-store.js'
import { say } from '../terminal.js'

export type EndorseOptions = {
  readonly issuer: string
  readonly achievement?: string
  readonly badge?: string
  readonly profile?: string
  readonly comment?: string
  readonly commentFile?: string
}

/** @throws what `addEndorsement` throws; then nothing has changed */
export async function endorse(settings: Settings, options: EndorseOptions): Promise<void> {
  const { comment, commentFile, ...rest } = options
  const request = readEndorsementRequest({ ...rest, comment: readComment(comment, commentFile) })
  const service = await compose(settings)
  try {
    const { endorsement, isNew } = await addEndorsement(service.issuing, OPERATOR, request)
    const url = endorsementUrl(settings.baseUrl, endorsement.code)
    say(isNew ? url : `${url} (already known)`)
  } finally {
    await service.issuing.database.close()
  }
}

function readComment(comment: string | undefined, file: string | undefined): string {
  if (comment !== undefined && file === undefined) return comment
  if (comment === undefined && file !== undefined) return readTextFile(file, 'REQUEST_INVALID')
  throw new IssuerError('REQUEST_INVALID', 'Give the comment once: --comment or --comment-file.')
}

/** So many are shown. */
const MAX_SHOWN = 10_000

export async function showEndorsements(settings: Settings): Promise<void> {
  await withStore(settings, async (database) => {
    for (const one of await database.stores.endorsements.list(MAX_SHOWN)) {
      const url = endorsementUrl(settings.baseUrl, one.code)
      say(`${one.createdAt}  ${one.issuer}  ${one.kind}  ${one.subjectId}  ${url}`)
    }
  })
}
