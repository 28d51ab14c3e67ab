/** `imprimatur demo`: the main job end to end, with a throw-away issuer and sample reviews. */
import type { Command } from 'commander'
import type { DemoOptions } from '../actions/run-demo.js'

export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description('Issue, verify and serve sample badges with a throw-away issuer')
    .option('--once', 'do not serve on; exit 0 only if every badge verified')
    .option('--out <dir>', 'write one badge there: in every form, its page, and the report on it')
    .action(async (options: DemoOptions) => {
      const { runDemo } = await import('../actions/run-demo.js')
      await runDemo(options)
    })
}
