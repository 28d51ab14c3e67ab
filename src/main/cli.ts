/**
 * The command line: `imprimatur …`. Commands only describe themselves; what one of them does is
 * loaded when it runs, so that help and mistakes are answered at once.
 */
import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { addCatalogueCommands } from './commands/achievements.js'
import { addBadgeCommands } from './commands/badges.js'
import { addConformanceKitCommand } from './commands/conformance-kit.js'
import { addDemoCommand } from './commands/demo.js'
import { addEndorsementCommands } from './commands/endorsements.js'
import { addIssuerCommands } from './commands/issuers.js'
import { addKeyCommands } from './commands/keys.js'
import { addPictureCommands } from './commands/pictures.js'
import { addReviewCommands } from './commands/reviews.js'
import { addServeCommand } from './commands/serve.js'
import { addStaffCommands } from './commands/staff.js'
import { addTokenCommands } from './commands/tokens.js'
import { addVerifyCommand } from './commands/verify.js'
import { reportFailure } from './terminal.js'

const { version } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string }

const program = new Command('imprimatur')
  .description('Turns approved micro-credential reviews into signed Open Badges 3.0 credentials')
  .version(version)
  .showHelpAfterError()

addServeCommand(program)
addKeyCommands(program)
addIssuerCommands(program)
addCatalogueCommands(program)
addTokenCommands(program)
addStaffCommands(program)
addReviewCommands(program)
addBadgeCommands(program)
addPictureCommands(program)
addVerifyCommand(program)
addConformanceKitCommand(program)
addEndorsementCommands(program)
addDemoCommand(program)

/** A reader that went away (`… | head`) stops the printing, never the work. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

program.parseAsync().catch((error: unknown) => {
  process.exitCode = reportFailure(error)
})
