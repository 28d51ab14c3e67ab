/** Fields and buttons. */
export const FORMS = `
.verify-form { max-width: var(--measure); }
.sheet > .lede { margin-bottom: 1.4rem; }
.verify-form > * { margin: 0 0 1.2rem; }
@media (min-width: 52rem) {
  .verify-form.is-full {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1.25fr);
    grid-template-rows: auto auto 1fr auto;
    gap: 0 var(--gap);
    max-width: none;
  }
  .is-full > .paste { grid-column: 2; grid-row: 1 / 4; }
}
.receipt-form { margin: 1.2rem 0; }
.receipt > .facts + .quiet { margin: 1rem 0 0; }
.field label { display: block; margin-bottom: 0.3rem; font-weight: 600; }
.field .hint { display: block; margin-bottom: 0.4rem; }
input, textarea, select, button { font: inherit; }
fieldset.choices { min-width: 0; margin: 0 0 1.4rem; padding: 0; border: 0; }
.choices legend { margin-bottom: 0.4rem; padding: 0; font-weight: 600; }
.choices .quiet { margin: 0.3rem 0 0; }
.choice { display: flex; gap: 0.7rem; align-items: baseline; padding-block: 0.3rem; cursor: pointer; }
.choice span { min-width: 0; overflow-wrap: anywhere; }
:is(input[type='radio'], input[type='checkbox']) {
  flex: none;
  width: 1.1rem;
  height: 1.1rem;
  accent-color: var(--cloth);
}
input:not([type='file'], [type='radio'], [type='checkbox']), textarea, select {
  width: 100%;
  padding: 0.55rem 0.7rem;
  border: 1px solid var(--rule-strong);
  border-radius: 2px;
  background: var(--paper);
  color: var(--ink);
}
input::placeholder { color: var(--ink-soft); opacity: 1; }
textarea { font-family: var(--mono); font-size: 0.85rem; line-height: 1.5; resize: vertical; }
input[type='file'] { width: 100%; min-width: 0; padding-block: 0.3rem; color: var(--ink-soft); }
input::file-selector-button {
  margin-inline-end: 0.8rem;
  padding: 0.35rem 0.9rem;
  border: 1px solid var(--rule-strong);
  border-radius: 2px;
  background: transparent;
  color: var(--ink);
  font: inherit;
  cursor: pointer;
}
.button {
  display: inline-block;
  padding: 0.6rem 1.4rem;
  border: 1px solid var(--cloth);
  border-radius: 2px;
  background: var(--cloth);
  color: var(--cloth-ink);
  font-weight: 600;
  line-height: 1.4;
  text-decoration: none;
  cursor: pointer;
}
.button:hover { text-decoration: underline; }
@media (prefers-reduced-motion: no-preference) {
  html { scroll-behavior: smooth; }
}
@media (forced-colors: active) {
  /* Drawings keep their own colours unless they are told; shape and word say enough. */
  :root { --valid: CanvasText; --invalid: CanvasText; --unknown: CanvasText; }
  .button { border-color: ButtonText; }
  .card, .opening .sheet { border-top-color: CanvasText; }
  .mark { color: CanvasText; }
  .qr img { forced-color-adjust: none; }
}
`
