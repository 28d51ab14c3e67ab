/** `imprimatur keys …`: the life of the signing keys. */
import { type Command, InvalidArgumentError } from 'commander'
import { DEFAULT_ISSUER } from '../../domain/issuer.js'
import { KEY_ALGORITHMS, type KeyAlgorithm } from '../../domain/signing-key.js'
import { parseTimestamp, toTimestamp } from '../../domain/timestamps.js'
import type { CreateOptions } from '../actions/manage-keys.js'

const loadActions = () => import('../actions/manage-keys.js')

export function addKeyCommands(program: Command): void {
  const keys = program.command('keys').description('Make, change and show signing keys')
  keys
    .command('create')
    .description(
      'Make a signing key, encrypted with the passphrase in KEYS_PASSPHRASE_FILE; the first of its kind signs at once',
    )
    .option('--issuer <slug>', 'whose key it is', DEFAULT_ISSUER)
    .option(
      '--algorithm <name>',
      `one of ${KEY_ALGORITHMS.join(', ')}; without it, Ed25519 and ES256 as far as they are missing`,
      parseAlgorithm,
    )
    .option('--bits <number>', 'size of an RS256 key', parseBits, 3072)
    .action(async (options: CreateOptions) => (await loadActions()).createKeys(options))
  keys
    .command('list')
    .description('Show every key with its state and times')
    .action(async () => (await loadActions()).showKeys())
  keys
    .command('activate')
    .argument('<key>', 'its id, or the beginning of it')
    .description('Let a pending key sign from now on; the one that signed until now retires')
    .action(async (key: string) => (await loadActions()).changeKey(key, { kind: 'activate' }))
  keys
    .command('retire')
    .argument('<key>', 'its id, or the beginning of it')
    .description('End the use of a key; what it signed stays valid')
    .action(async (key: string) => (await loadActions()).changeKey(key, { kind: 'retire' }))
  keys
    .command('compromise')
    .argument('<key>', 'its id, or the beginning of it')
    .requiredOption('--since <time>', 'from when on someone else may have signed', parseTime)
    .description('Trust a key no longer, except for badges that our own log shows before that time')
    .action(async (key: string, { since }: { since: string }) =>
      (await loadActions()).changeKey(key, { kind: 'compromise', since }),
    )
  keys
    .command('passphrase')
    .requiredOption('--new <file>', 'file that holds the new passphrase')
    .description('Encrypt every key file with another passphrase')
    .action(async (options: { new: string }) => (await loadActions()).changePassphrase(options.new))
  keys
    .command('export')
    .option('--issuer <slug>', 'whose keys', DEFAULT_ISSUER)
    .description('Print the public parts: DID document and JWK Set')
    .action(async ({ issuer }: { issuer: string }) => (await loadActions()).exportKeys(issuer))
}

function parseAlgorithm(value: string): KeyAlgorithm {
  const algorithm = KEY_ALGORITHMS.find((one) => one === value)
  if (algorithm !== undefined) return algorithm
  throw new InvalidArgumentError(`must be one of ${KEY_ALGORITHMS.join(', ')}`)
}

function parseBits(value: string): number {
  const bits = Number(value)
  if (/^\d{4,5}$/.test(value) && bits >= 2048 && bits <= 16_384 && bits % 8 === 0) return bits
  throw new InvalidArgumentError('must be a multiple of 8 from 2048 to 16384')
}

function parseTime(value: string): string {
  const ms = parseTimestamp(value)
  if (ms !== undefined) return toTimestamp(ms)
  throw new InvalidArgumentError('must be a time with its zone, e.g. 2026-03-02T16:20:00Z')
}
