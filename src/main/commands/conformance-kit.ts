/** `imprimatur conformance-kit`: what a 1EdTech issuer certification asks for. */
import type { Command } from 'commander'
import { readSettings } from '../../config/settings.js'

export function addConformanceKitCommand(program: Command): void {
  program
    .command('conformance-kit')
    .argument('<dir>', 'a folder to write into')
    .option('--achievement <slug>', 'what the badge is for, when there are several')
    .description(
      'Issue a badge to conformance@imsglobal.org and write all that certification needs',
    )
    .action(async (folder: string, { achievement }: { achievement?: string }) => {
      const settings = readSettings()
      const { writeConformanceKit } = await import('../actions/write-conformance-kit.js')
      await writeConformanceKit(settings, folder, achievement)
    })
}
