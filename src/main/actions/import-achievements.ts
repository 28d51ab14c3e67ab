/** Imports achievement files; when one of them cannot be read, none is. */
import { createAchievementParser } from '../../adapters/documents/achievement-parser.js'
import { readAchievementFile } from '../../adapters/files/achievement-files.js'
import { systemClock, systemHasher } from '../../adapters/system/environment.js'
import { importAchievement } from '../../application/import-achievement.js'
import { readSettings } from '../../config/settings.js'
import { IssuerError } from '../../domain/issuer-error.js'
import { readArt } from '../art-reader.js'
import { withStore } from '../open-store.js'
import { reportFailure, say } from '../terminal.js'

export async function importAchievements(files: readonly string[]): Promise<void> {
  const read = await readAll(files)
  if (read.length < files.length) {
    process.exitCode = 1
    return
  }
  await withStore(readSettings(), async (database) => {
    const parts = { database, clock: systemClock, hasher: systemHasher }
    for (const { file, art } of read) {
      const { outcome, achievement } = await importAchievement(parts, file, art, 'cli')
      say(`${achievement.slug} version ${achievement.version}: ${outcome}`)
    }
  })
}

/** The files that can be read; every other one is named with its faults. */
async function readAll(files: readonly string[]): Promise<readonly ReadAchievement[]> {
  const parser = createAchievementParser()
  const read: ReadAchievement[] = []
  for (const file of files) {
    try {
      read.push(await readAchievementFile(file, parser, readArt))
    } catch (error) {
      if (!(error instanceof IssuerError)) throw error
      reportFailure(error)
    }
  }
  return read
}

type ReadAchievement = Awaited<ReturnType<typeof readAchievementFile>>
