/** 1EdTech's own schemas, samples and vectors, read where they lie; the project keeps no copy. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './repository-files.js'

const FOLDER = path.join(ROOT, '../shared/ob3')

/** Whether the data is there. Tests that need it are skipped without it, and their names say so. */
export const hasOfficialData = existsSync(FOLDER)

/** The absolute path of an official file, from its path below the data's folder. */
export function officialPath(name: string): string {
  return path.join(FOLDER, name)
}

/** The text of an official file. */
export function readOfficial(name: string): string {
  return readFileSync(officialPath(name), 'utf8')
}
