// `npm run check`: lint, types, layers and dead code side by side, then every test but those that start
// browsers and processes of their own (`npm test` runs these too). One command, one verdict.
import { spawn } from 'node:child_process'

const STATIC = ['lint', 'types', 'layers', 'dead-code']

function run(script) {
  const child = spawn('npm', ['run', '--silent', script], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk
    })
  }
  return new Promise((resolve) => child.on('close', (code) => resolve({ script, code, output })))
}

function runTests() {
  const child = spawn('npm', ['test', '--', '--project', '!e2e'], { stdio: 'inherit' })
  return new Promise((resolve) => child.on('close', (code) => resolve(code)))
}

const results = await Promise.all(STATIC.map(run))
const failed = results.filter(({ code }) => code !== 0)
for (const { script, output } of failed) process.stdout.write(`\n== ${script} failed\n${output}\n`)
for (const { script, code } of results)
  process.stdout.write(`${script}: ${code === 0 ? 'clean' : 'failed'}\n`)
process.exitCode = failed.length > 0 ? 1 : await runTests()
