/** Command-line flags of the fault scripts: whole numbers and texts, with defaults. */
import { parseArgs } from 'node:util'

/**
 * Reads `--name value` flags.
 * @param defaults flag names with their defaults; a number makes the flag a whole number from 0
 * @returns an object with the same members
 * @throws Error for an unknown flag or a value that is no number, as one sentence
 */
export function readFlags(defaults) {
  const options = Object.fromEntries(
    Object.keys(defaults).map((name) => [name, { type: 'string' }]),
  )
  const { values } = parseArgs({ options })
  const read = Object.entries(defaults).map(([name, fallback]) => {
    const given = values[name]
    if (given === undefined) return [name, fallback]
    if (typeof fallback !== 'number') return [name, given]
    if (!/^\d{1,7}$/.test(given))
      throw new Error(`--${name} must be a whole number, not “${given}”`)
    return [name, Number(given)]
  })
  return Object.fromEntries(read)
}
