/** Achievement files on disk: YAML or JSON, with the art beside them. */
import path from 'node:path'
import { parse } from 'yaml'
import type { AchievementFile, AchievementParser } from '../../application/ports/documents.js'
import { IssuerError } from '../../domain/issuer-error.js'
import { readTextFile } from './read-text.js'

/**
 * @throws IssuerError ACHIEVEMENT_INVALID naming the file and the fault
 */
export function readAchievementFile(
  file: string,
  parser: AchievementParser,
): { readonly file: AchievementFile; readonly art: string } {
  try {
    const parsed = parser.parse(parseYaml(readTextFile(file, 'ACHIEVEMENT_INVALID')))
    const artFile = path.resolve(path.dirname(file), parsed.artFile)
    const art = readTextFile(artFile, 'ACHIEVEMENT_INVALID')
    parser.assertSafeArt(art)
    return { file: parsed, art }
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
