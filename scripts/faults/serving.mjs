/** A serving process that can be killed and started again on the same port and data. */
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { COMMAND } from './issuer.mjs'

/** @returns a TCP port of 127.0.0.1 that nothing listens on now */
export function findFreePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

/**
 * @param environment all that the service needs to run
 * @returns `start()`, after which `ready()` resolves once it listens and rejects when it ended by
 *   itself; `kill()`, SIGKILL, resolving when it is dead; `tally`, what the starts have said
 */
export function createServing(environment) {
  const tally = { finished: 0, failed: 0, log: [] }
  let current
  return {
    tally,
    start: () => {
      current = startOne(environment, tally)
    },
    ready: () => current.ready,
    pid: () => current.child.pid,
    isRunning: () => current.child.exitCode === null && current.child.signalCode === null,
    kill: async () => {
      current?.child.kill('SIGKILL')
      await current?.ended
    },
  }
}

function startOne(env, tally) {
  const child = spawn(process.execPath, [COMMAND, 'serve'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const die = () => child.kill('SIGKILL')
  process.once('exit', die)
  let output = ''
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    log += chunk
  })
  const ended = new Promise((resolve) => child.once('close', resolve)).then(() => {
    process.off('exit', die)
    readLog(log, tally)
  })
  const ready = new Promise((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      output += chunk
      if (output.includes('Serving ')) resolve()
    })
    child.once('close', () => {
      if (child.signalCode === 'SIGKILL') resolve()
      else reject(new Error(`the service ended by itself: ${log}`))
    })
  })
  ready.catch(() => {}) // whoever waits is told; a start that nobody waits for is killed anyway
  return { child, ended, ready }
}

/** Log lines are JSON; a line that was cut off by the kill, or is not ours, is kept as it is. */
function readLog(log, tally) {
  for (const line of log.split('\n').filter((text) => text !== '')) {
    const entry = parseLine(line)
    if (Number.isInteger(entry?.finished)) {
      tally.finished += entry.finished
      tally.failed += entry.failed
    } else tally.log.push(line)
  }
}

function parseLine(line) {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
