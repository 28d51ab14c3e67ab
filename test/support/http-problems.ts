/** What every refusal must be: a problem document (RFC 9457), and nothing changed behind it. */
import { expect } from 'vitest'
import type { HttpAnswer, HttpRequest, HttpService } from './http-service.js'

export type ExpectedProblem = {
  readonly status: number
  readonly code: string
  /** RFC 6901 pointer to the member at fault. */
  readonly pointer?: string
  /** Name of the rule that refused. */
  readonly rule?: string
}

/** Checks an answer against the shape of a problem and against `expected`. */
export function expectProblem(answer: HttpAnswer, expected: ExpectedProblem): void {
  expect([answer.status, answer.text]).toEqual([expected.status, expect.any(String)])
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json(;|$)/)
  expect(answer.headers['cache-control']).toBe('no-store')
  const problem = answer.json()
  expect(problem).toMatchObject({
    type: expect.stringMatching(/^https:\/\/badges\.example\.org\/problems\/[a-z-]+$/),
    title: expect.stringMatching(/\S/),
    detail: expect.stringMatching(/\S/),
    status: expected.status,
    code: expected.code,
  })
  if (expected.rule !== undefined) expect(problem['rule']).toBe(expected.rule)
  if (expected.pointer !== undefined) expect(pointersOf(problem)).toContain(expected.pointer)
  expect(answer.text).not.toMatch(/node_modules|\.[jt]s:\d|\n {4}at /)
}

/** Sends a request that must be refused like this, with not one row of the database changed. */
export async function expectRefused(
  http: HttpService,
  request: HttpRequest,
  expected: ExpectedProblem,
): Promise<HttpAnswer> {
  const before = http.digest()
  const answer = await http.send(request)
  expectProblem(answer, expected)
  expect(http.digest()).toBe(before)
  return answer
}

function pointersOf(problem: Readonly<Record<string, unknown>>): readonly unknown[] {
  const errors = (problem['errors'] ?? []) as readonly { readonly pointer: string }[]
  return [problem['pointer'], ...errors.map((error) => error.pointer)]
}
