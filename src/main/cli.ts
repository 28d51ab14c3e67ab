/** The command line: `imprimatur …`. */
import { Command } from 'commander'
import { addCatalogueCommands } from './commands/achievements.js'
import { addDemoCommand } from './commands/demo.js'
import { addKeyCommands } from './commands/keys.js'
import { addReviewCommands } from './commands/reviews.js'
import { addServeCommand } from './commands/serve.js'
import { reportFailure } from './commands/terminal.js'
import { addTokenCommands } from './commands/tokens.js'

const program = new Command('imprimatur')
  .description('Turns approved micro-credential reviews into signed Open Badges 3.0 credentials')
  .showHelpAfterError()

addServeCommand(program)
addKeyCommands(program)
addCatalogueCommands(program)
addTokenCommands(program)
addReviewCommands(program)
addDemoCommand(program)

program.parseAsync().catch((error: unknown) => {
  process.exitCode = reportFailure(error)
})
