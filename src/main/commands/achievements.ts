/** `imprimatur achievements …`: the catalogue. */
import type { Command } from 'commander'

export function addCatalogueCommands(program: Command): void {
  const achievements = program.command('achievements').description('Manage what can be earned')
  achievements
    .command('import')
    .argument('<file...>', 'YAML or JSON files')
    .description('Import achievements; a changed file makes a new version')
    .action(async (files: readonly string[]) => {
      const { importAchievements } = await import('../actions/import-achievements.js')
      await importAchievements(files)
    })
}
