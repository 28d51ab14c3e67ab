/** The page: masthead, sheets of paper on a desk, chapters with their titles in the margin, colophon. */
export const LAYOUT = `
*, *::before, *::after { box-sizing: border-box; }
img, svg { max-width: 100%; }
body { display: flex; flex-direction: column; min-height: 100vh; }
.masthead, main, .colophon {
  width: min(100% - 2 * clamp(0.75rem, 3vw, 2.5rem), 62rem);
  margin-inline: auto;
}
.masthead {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: space-between;
  gap: 0.4rem 2rem;
  padding-block: 1.1rem 1rem;
}
main { margin-bottom: calc(1.2 * var(--gap)); }
.masthead-name {
  display: inline-flex;
  align-items: center;
  gap: 0.65rem;
  color: var(--ink);
  font: 600 1.05rem/1.2 var(--serif);
  text-decoration: none;
}
.masthead-name:hover { text-decoration: underline; }
.mark { flex: none; width: 2.1rem; height: 2.1rem; color: var(--cloth); }
.masthead nav { display: flex; flex-wrap: wrap; gap: 0.2rem 1.5rem; }
.masthead nav a { padding-block: 0.3rem; color: var(--ink-soft); font-size: 0.95rem; text-decoration: none; }
.masthead nav a:hover { color: var(--ink); text-decoration: underline; }
.skip {
  position: absolute;
  inset-inline-start: 0.75rem;
  top: -4rem;
  z-index: 1;
  padding: 0.5rem 1rem;
  background: var(--paper);
}
.skip:focus { top: 0.5rem; }
.sheet {
  padding: var(--gap);
  border: 1px solid var(--rule);
  background: var(--paper);
}
main > .sheet:first-child { border-top: 4px solid var(--cloth); }
.card + .sheet, .chapters + .sheet { margin-top: var(--gap); }
.chapters { margin-top: var(--gap); }
.chapter {
  display: grid;
  grid-template-columns: 12rem minmax(0, 1fr);
  gap: 0.6rem var(--gap);
  padding-block: 1.8rem;
  border-top: 1px solid var(--rule-strong);
}
.chapter > h2 { margin: -0.15em 0 0; }
.chapter-body > h3:not(:first-child) { margin-top: 1.6em; }
.colophon {
  margin-top: auto;
  padding-block: 1.1rem 2.5rem;
  border-top: 1px solid var(--rule-strong);
  color: var(--ink-soft);
  font-family: var(--serif);
  font-size: 0.9rem;
  font-style: italic;
  text-align: center;
}
@media (max-width: 46rem) {
  .chapter { grid-template-columns: minmax(0, 1fr); }
}
`
