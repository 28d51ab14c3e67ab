/** `imprimatur keys …`: the signing key. */
import type { Command } from 'commander'
import { createKeyFile, keyFilePath } from '../../adapters/proofs/key-file.js'
import { systemClock } from '../../adapters/system/environment.js'
import { readPassphrase, readSettings } from '../../config/settings.js'
import { toTimestamp } from '../../domain/timestamps.js'
import { issuerDid } from '../../domain/verification-method.js'
import { say } from '../terminal.js'

export function addKeyCommands(program: Command): void {
  const keys = program.command('keys').description('Make and inspect signing keys')
  keys
    .command('create')
    .description(
      'Make an Ed25519 signing key, encrypted with the passphrase in KEYS_PASSPHRASE_FILE',
    )
    .action(() => {
      const settings = readSettings()
      const created = toTimestamp(systemClock.now())
      const multibase = createKeyFile(settings.keysDir, readPassphrase(settings), created)
      const did = issuerDid(settings.baseUrl, multibase)
      say(`Made ${keyFilePath(settings.keysDir)}`)
      say(`Issuer  ${did}`)
      say(`Key     ${did}#${multibase}`)
      say('Keep a copy of this file and of the passphrase, in two different places.')
    })
}
