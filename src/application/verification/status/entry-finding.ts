/** What was found of one status entry, and of all entries of a credential together. */
import type { Check, CheckProblem } from '../../../domain/verification-report.js'
import { failed, passed, problem, unknown } from '../check-results.js'

export type EntryFinding = {
  readonly outcome: 'passed' | 'failed' | 'unknown'
  /** What decides; empty when it passed. */
  readonly sentence: string
  readonly next: string
  readonly problems: readonly CheckProblem[]
  /** What else to know, whatever the outcome. */
  readonly notes: readonly Note[]
}

/** A warning: it names itself and never decides. */
export type Note = { readonly sentence: string; readonly problem: CheckProblem }

const ASK = 'Ask the issuer whether the badge still stands.'
export const LATER = 'Try again later, or ask the issuer whether the badge still stands.'
const WITHDRAWN = 'Do not rely on it; ask the issuer if you need to know more.'

export function stands(notes: readonly Note[] = []): EntryFinding {
  return { outcome: 'passed', sentence: '', next: '', problems: [], notes }
}

/** It says what may not be said, so it is not valid. */
export function faulty(code: string, sentence: string, pointer: string): EntryFinding {
  const problems = [problem(code, pointer)]
  return { outcome: 'failed', sentence, next: ASK, problems, notes: [] }
}

export function withdrawn(code: string, sentence: string, pointer: string): EntryFinding {
  return { ...faulty(code, sentence, pointer), next: WITHDRAWN }
}

/** Nobody knows now; that says nothing against the badge. */
export function open(code: string, sentence: string, pointer: string, next = ASK): EntryFinding {
  return { outcome: 'unknown', sentence, next, problems: [problem(code, pointer)], notes: [] }
}

export function withNotes(finding: EntryFinding, notes: readonly Note[]): EntryFinding {
  return { ...finding, notes: [...finding.notes, ...notes] }
}

/** The worst of all decides; every problem and every note is kept. */
export function summarise(findings: readonly EntryFinding[]): Check {
  const having = (outcome: EntryFinding['outcome']) =>
    findings.filter((finding) => finding.outcome === outcome)
  const deciding = [having('failed'), having('unknown')].find((some) => some.length > 0)
  const problems = findings.flatMap((finding) => finding.problems)
  const notes = findings.flatMap((finding) => finding.notes)
  const sentences = [...(deciding ?? [STANDS]), ...notes].map(({ sentence }) => sentence)
  const sentence = [...new Set(sentences)].join(' ')
  const all = [...problems, ...notes.map((note) => note.problem)]
  const [first] = deciding ?? []
  if (first === undefined) return passed('status', sentence, all)
  return first.outcome === 'failed'
    ? failed('status', sentence, all, first.next)
    : unknown('status', sentence, all, first.next)
}

const STANDS = { sentence: 'The issuer has not withdrawn it.' }
