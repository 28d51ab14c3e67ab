/** Entries, results, rubrics, notices, the catalogue and the other small things on the pages. */
export const COMPONENTS = `
.entries { margin: 0 0 0.8em; padding: 0; list-style: none; }
.entries > li + li { margin-top: 1.4rem; padding-top: 1.4rem; border-top: 1px solid var(--rule); }
.entries h3 { margin-bottom: 0.25em; }
.entries .label { margin-top: 0.7rem; }
.entries .identifier { display: block; }
.said {
  margin-inline: 0;
  padding-inline-start: 1.1rem;
  border-inline-start: 2px solid var(--gilt);
  font-family: var(--serif);
}
.said ul { list-style: disc; }
.chapter-body > details + p { margin-top: 1.2rem; }
.endorsement-state { margin-bottom: 0.5rem; max-width: var(--measure); }
.endorsement-state p { margin: 0.25rem 0 0; }
.sealed { font-size: 0.95rem; }
.chapter-body > p { max-width: var(--measure); }
.results { margin: 0 0 1.4em; }
.results > div {
  display: grid;
  grid-template-columns: minmax(0, 1fr) minmax(0, 1.4fr);
  gap: 0.1rem 1.5rem;
  padding-block: 0.7rem;
  border-top: 1px solid var(--rule);
}
.results dt {
  color: var(--ink);
  font: 400 1rem/1.6 var(--sans);
  letter-spacing: normal;
  text-transform: none;
}
.results dd { margin: 0; }
.results dd p { color: var(--ink-soft); font-size: 0.95rem; }
.rubric + .rubric { margin-top: 1.8rem; }
.rubric ol { padding: 0; list-style: none; }
.rubric li { padding-block: 0.6rem; border-top: 1px solid var(--rule); }
.rubric li p { color: var(--ink-soft); }
.required {
  margin-inline-start: 0.4rem;
  padding-inline: 0.5rem;
  border: 1px solid currentColor;
  color: var(--valid);
  font-size: 0.8rem;
  font-weight: 600;
}
summary { padding-block: 0.3rem; color: var(--cloth); font-weight: 600; cursor: pointer; }
details[open] > summary { margin-bottom: 0.8rem; }
.notice {
  margin-bottom: var(--gap);
  padding: 0.8rem 1.1rem;
  border: 1px solid var(--unknown);
  border-inline-start-width: 5px;
}
.refusal { border-top-color: var(--unknown); }
.opening {
  display: grid;
  grid-template-columns: minmax(0, 1.25fr) minmax(0, 1fr);
  gap: calc(1.3 * var(--gap));
  align-items: center;
  padding-block: calc(0.8 * var(--gap)) calc(1.3 * var(--gap));
}
.opening h1 { font-size: clamp(2.1rem, 1.4rem + 3.4vw, 3.6rem); }
.opening .sheet > h2 { margin-bottom: 1.1rem; }
.opening .sheet { border-top: 4px solid var(--cloth); }
.epigraph {
  margin-top: 1.6rem;
  padding-top: 1rem;
  border-top: 1px solid var(--rule-strong);
  color: var(--ink-soft);
  font-family: var(--serif);
}
.catalogue { padding-top: 1.6rem; border-top: 1px solid var(--rule-strong); }
.catalogue ul {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr));
  gap: 1.25rem;
  margin: 1.2rem 0 0;
  padding: 0;
  list-style: none;
}
.catalogue-card {
  display: grid;
  grid-template-columns: 6.5rem minmax(0, 1fr);
  gap: 1.3rem;
  align-items: start;
  padding: 1.3rem;
  border: 1px solid var(--rule);
  background: var(--paper);
}
.catalogue-card h3 { margin: 0.15rem 0 0.4rem; font-size: 1.25rem; font-weight: 400; }
.catalogue-card p:last-child { color: var(--ink-soft); font-size: 0.95rem; }
.problem { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--gap); }
.problem-status {
  margin: 0;
  color: var(--gilt);
  font: 400 clamp(3rem, 2rem + 5vw, 5.5rem)/1 var(--serif);
}
.problem-types { margin-top: 2rem; }
.problem-types > div { padding-block: 1rem; border-top: 1px solid var(--rule); }
.problem-types dt { color: inherit; font: inherit; letter-spacing: normal; text-transform: none; }
.problem-types dd { margin: 0.2rem 0 0; max-width: var(--measure); }
/* Moves to the next line as a whole. */
.problem-types .identifier { display: inline-block; }
.problem-title { margin-inline-end: 0.6rem; font: 600 1.05rem/1.4 var(--serif); }
:target { scroll-margin-top: 1rem; background: color-mix(in srgb, var(--gilt) 14%, transparent); }
h2:target { background: none; }
.chapter-body > p + .entries { margin-top: 1.6rem; }
@media (max-width: 46rem) {
  .opening, .problem, .results > div { grid-template-columns: minmax(0, 1fr); }
  .problem { gap: 1rem; }
}
@media (max-width: 24rem) {
  .catalogue-card { grid-template-columns: minmax(0, 1fr); }
  .catalogue-card .art { width: 6.5rem; }
}
`
