/** Achievement files on disk: YAML or JSON, with the art beside them. */
import path from 'node:path'
import { parse } from 'yaml'
import type {
  AchievementFile,
  AchievementParser,
  ArtReader,
} from '../../application/ports/documents.js'
import type { Art } from '../../domain/achievement.js'
import { IssuerError } from '../../domain/issuer-error.js'
import { readBytes, readTextFile } from './read-text.js'

/**
 * @throws IssuerError ACHIEVEMENT_INVALID naming the file and the fault
 */
export async function readAchievementFile(
  file: string,
  parser: AchievementParser,
  readArt: ArtReader,
): Promise<{ readonly file: AchievementFile; readonly art: Art }> {
  try {
    const parsed = parser.parse(parseYaml(readTextFile(file, 'ACHIEVEMENT_INVALID')))
    const artFile = path.resolve(path.dirname(file), parsed.artFile)
    return { file: parsed, art: await readArt(readBytes(artFile, 'ACHIEVEMENT_INVALID')) }
  } catch (error) {
    if (!(error instanceof IssuerError)) throw error
    throw new IssuerError(error.code, `${file}: ${error.message}`, {
      faults: error.faults,
      cause: error,
    })
  }
}

/** JSON is YAML 1.2; aliases are bounded by the library. */
function parseYaml(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 10 })
  } catch (cause) {
    const what = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : ''
    throw new IssuerError('ACHIEVEMENT_INVALID', `not well-formed YAML or JSON: ${what}`, { cause })
  }
}
