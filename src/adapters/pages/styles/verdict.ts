/** The stamp and its sentence. */
export const VERDICT = `
.verdict {
  display: grid;
  grid-template-columns: 9.5rem minmax(0, 1fr);
  gap: 0.8rem var(--gap);
  align-items: center;
  margin-bottom: var(--gap);
  padding-bottom: var(--gap);
  border-bottom: 1px solid var(--rule-strong);
}
.verdict:last-child { margin-bottom: 0; padding-bottom: 0; border-bottom: 0; }
.card-heading { margin-bottom: 1.2rem; }
.card-heading + .read-as { margin: -0.8rem 0 1.6rem; }
.stamp { display: block; width: 9.5rem; height: 9.5rem; transform: rotate(-5deg); }
.stamp-word { font-family: var(--serif); font-weight: 600; }
.stamp-date { font-family: var(--sans); font-weight: 600; }
.verdict-valid .stamp { color: var(--valid); }
.verdict-invalid .stamp { color: var(--invalid); }
.verdict-unknown .stamp { color: var(--unknown); }
.verdict-text { max-width: var(--measure); }
.verdict-sentence {
  margin-bottom: 0.5rem;
  font-family: var(--serif);
  font-size: clamp(1.15rem, 1.02rem + 0.6vw, 1.4rem);
  line-height: 1.4;
}
.verdict-sentence.is-long { font-size: 1.05rem; line-height: 1.5; overflow-wrap: anywhere; }
.verdict-when { color: var(--ink-soft); font-size: 0.9rem; }
@media (max-width: 34rem) {
  .verdict { grid-template-columns: minmax(0, 1fr); }
}
.checks { margin: 0; padding: 0; list-style: none; }
.check {
  display: grid;
  grid-template-columns: 9rem minmax(0, 1fr);
  gap: 0.1rem 1.25rem;
  padding-block: 0.85rem;
  border-top: 1px solid var(--rule);
}
.check p { margin: 0; }
.check-label { font-weight: 600; }
.check-aside { color: var(--ink-soft); font-weight: 400; }
.check p + p { color: var(--ink-soft); }
.check p.check-next { margin-top: 0.25rem; color: var(--ink); }
.outcome {
  display: grid;
  grid-template-columns: 1.25rem minmax(0, 1fr);
  gap: 0.55rem;
  align-items: start;
  font-weight: 600;
  line-height: 1.35;
}
.outcome svg { width: 1.25rem; height: 1.25rem; margin-top: 0.05rem; }
.outcome span { padding-top: 0.05rem; }
.check-passed .outcome { color: var(--valid); }
.check-failed .outcome { color: var(--invalid); }
.check-unknown .outcome { color: var(--unknown); }
.check-skipped .outcome, .check-note .outcome { color: var(--ink-soft); }
@media (max-width: 40rem) {
  .check { grid-template-columns: minmax(0, 1fr); }
}
`
