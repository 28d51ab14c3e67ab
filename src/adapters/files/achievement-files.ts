/** Achievement files on disk: YAML or JSON, with the art beside them. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import type { AchievementFile, AchievementParser } from '../../application/ports/documents.js'
import { IssuerError } from '../../domain/issuer-error.js'

/**
 * @throws IssuerError ACHIEVEMENT_INVALID naming the file and the fault
 */
export function readAchievementFile(
  file: string,
  parser: AchievementParser,
): { readonly file: AchievementFile; readonly art: string } {
  try {
    const parsed = parser.parse(parseYaml(readText(file)))
    const art = readText(path.resolve(path.dirname(file), parsed.artFile))
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

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new IssuerError('ACHIEVEMENT_INVALID', `the file ${file} cannot be read`, { cause })
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
