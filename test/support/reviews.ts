/** Sample reviews for tests: plain JSON as a caller would send it. People are invented. */

export type ReviewInput = Record<string, unknown>

/** An approved review that shows everything; override members to make it another one. */
export function aReview(change: ReviewInput = {}): ReviewInput {
  return {
    source: 'test',
    id: 'submission-1',
    attempt: 1,
    achievement: 'empowering-students-as-creators',
    candidate: { name: 'Ana Example', email: 'ana@example.org', district: 'vista-unified' },
    decision: 'approved',
    decidedAt: '2026-03-02T16:20:00Z',
    reviewers: [{ name: 'Ada Assessor', role: 'assessor' }],
    rubric: {
      version: '2026-1',
      results: [
        { criterion: 'reflection', level: 'demonstrated' },
        { criterion: 'documentation', level: 'exemplary' },
        { criterion: 'student-voice', level: 'demonstrated' },
      ],
    },
    evidence: [
      { kind: 'reflection', name: 'Reflection', narrative: 'I changed *how* I ask.', public: true },
      {
        kind: 'documentation',
        name: 'Storyboards',
        narrative: 'Not for the public.',
        public: false,
      },
    ],
    consent: { name: 'shown', evidence: 'shown', listed: true },
    ...change,
  }
}
