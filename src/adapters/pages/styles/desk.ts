/** The desk: folders, tables that become cards where there is no room, forms beside each other. */
export const DESK = `
.door { max-width: 40rem; margin-inline: auto; }
.sheet + .sheet { margin-top: var(--gap); }
.link-button {
  padding: 0.3rem 0;
  border: 0;
  background: none;
  color: var(--ink-soft);
  font-size: 0.95rem;
  cursor: pointer;
}
.link-button:hover { color: var(--ink); text-decoration: underline; }
.masthead nav [aria-current] { color: var(--ink); font-weight: 600; }
.folders { display: flex; flex-wrap: wrap; gap: 0.2rem 1.6rem; border-bottom: 1px solid var(--rule-strong); }
.folders a { padding-block: 0.5rem; color: var(--ink-soft); text-decoration: none; }
.folders a:hover { text-decoration: underline; }
.folders [aria-current] { margin-bottom: -1px; border-bottom: 3px solid var(--cloth); color: var(--ink); font-weight: 600; }
.count { margin-inline-start: 0.2rem; font-variant-numeric: tabular-nums; }
.filter { display: flex; flex-wrap: wrap; gap: 0.8rem 1.2rem; align-items: end; margin-block: 1.2rem; }
.filter p { margin: 0; }
.filter .field { flex: 1 1 8.5rem; max-width: 20rem; }
.button.is-quiet { background: transparent; color: var(--cloth); }
.button.is-grave { border-color: var(--invalid); background: transparent; color: var(--invalid); }
.person { margin-bottom: 0.25em; font-size: 1.1rem; font-weight: 600; }
.facts + .notice { margin-block: 1.4rem 0; }
.facts + p, .desk-table + form { margin-top: 1.2rem; }
.desk-form { max-width: var(--measure); margin-block: 1rem; }
.desk-form > * { margin: 0 0 1rem; }
.decisions { margin-top: 1.6rem; padding-top: 1.4rem; border-top: 1px solid var(--rule-strong); }
.decisions > * { margin: 0 0 0.8rem; }
.buttons { display: flex; flex-wrap: wrap; gap: 0.8rem; margin-top: 1.2rem; }
.progress { display: block; width: 100%; height: 0.9rem; margin-top: 0.5rem; accent-color: var(--cloth); }
.desk-table { width: 100%; border-collapse: collapse; }
.desk-table :is(th, td) {
  padding: 0.6rem 1rem 0.6rem 0;
  border-bottom: 1px solid var(--rule);
  text-align: start;
  vertical-align: baseline;
  overflow-wrap: anywhere;
}
.desk-table thead th {
  color: var(--ink-soft);
  font-size: 0.75rem;
  letter-spacing: 0.09em;
  text-transform: uppercase;
  overflow-wrap: normal;
}
.desk-table tbody th { font-weight: 600; }
@media (max-width: 46rem) {
  .desk-table, .desk-table :is(tbody, tr, th, td) { display: block; }
  .desk-table thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .desk-table tr { padding-block: 0.7rem; border-bottom: 1px solid var(--rule); }
  .desk-table :is(th, td) { padding: 0.1rem 0; border: 0; }
  .desk-table td::before { content: attr(data-label) ': '; color: var(--ink-soft); }
}
`
