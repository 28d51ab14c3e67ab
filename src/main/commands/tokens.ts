/** `imprimatur tokens …`: who may send reviews. */
import { type Command, InvalidArgumentError } from 'commander'
import { SCOPES, type Scope } from '../../application/tokens.js'
import { readSettings } from '../../config/settings.js'
import { DEFAULT_ISSUER } from '../../domain/issuer.js'

export function addTokenCommands(program: Command): void {
  const tokens = program.command('tokens').description('Make API tokens')
  tokens
    .command('create')
    .description('Make a token and print it once; only its hash is stored')
    .requiredOption('--scope <scope...>', `what it may do: ${SCOPES.join(', ')}`, collectScopes)
    .option('--name <name>', 'what it is for, e.g. the system that uses it', 'unnamed')
    .option('--issuer <slug>', 'the only issuer it may speak for', DEFAULT_ISSUER)
    .action(async (options: { scope: readonly Scope[]; name: string; issuer: string }) => {
      const settings = readSettings()
      const { showNewToken } = await import('../actions/show-new-token.js')
      await showNewToken(settings, options)
    })
}

function collectScopes(value: string, earlier: readonly Scope[] = []): readonly Scope[] {
  const scope = SCOPES.find((one) => one === value)
  if (scope === undefined) throw new InvalidArgumentError(`must be one of ${SCOPES.join(', ')}`)
  return earlier.includes(scope) ? earlier : [...earlier, scope]
}
