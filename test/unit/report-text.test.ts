/** A report as text for a terminal. */
import { expect, it } from 'vitest'
import { renderReportText } from '../../src/adapters/pages/report-text.js'
import { sampleReport } from '../support/sample-views.js'

it('has the verdict first, then what was read, what the badge says, and every check', () => {
  const next = 'Ask its issuer.'
  const problems = [{ code: 'x', type: 'about:blank' }]
  const sentence = 'It ended.'
  const text = renderReportText(
    sampleReport([{ name: 'dates', outcome: 'failed', sentence, next, problems }]),
  )
  const [head, ...rows] = text.split('\n\n')
  expect(head).toBe('Not valid\nIt ended.\nAsk its issuer.')
  expect(rows[0]?.split('\n').map((line) => line.slice(0, 13).trim())).toEqual([
    'Read as',
    'Checked at',
    'Achievement',
    'Issuer',
    'Awarded',
    'Valid until',
    'Badge',
  ])
  expect(rows.find((row) => row.startsWith('Failed'))).toBe(
    'Failed: Today is within its dates\n  It ended.\n  What to do: Ask its issuer.',
  )
  expect(rows).toHaveLength(2 + 11)
})

it('repeats nothing of a text that no issuer signed', () => {
  const text = renderReportText(sampleReport([{ name: 'proof', outcome: 'failed' }]))
  expect(text).not.toContain('Empowering')
})

it('keeps each value on its line, without what a terminal obeys', () => {
  const report = sampleReport()
  const achievementName = 'A\u001b[2J\u009b1m\nValid\u202e name'
  const text = renderReportText({
    ...report,
    ...(report.badge === undefined ? {} : { badge: { ...report.badge, achievementName } }),
  })
  expect(text).toContain('\nAchievement  A[2J1m Valid name\n')
})
