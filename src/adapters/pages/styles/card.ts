/** The catalogue card: the certificate of one badge, with its imprint and the hole for the rod. */
export const CARD = `
.card {
  position: relative;
  padding: var(--gap);
  border: 1px solid var(--rule);
  border-top: 4px solid var(--cloth);
  background: var(--paper);
  box-shadow: 0 1px 0 var(--rule), 0 1.2rem 2.4rem -1.8rem var(--shade);
}
/* The hole through which the rod of a catalogue drawer runs. */
.card:has(.imprint)::after {
  content: '';
  position: absolute;
  inset-inline-start: calc(50% - 0.55rem);
  bottom: 0.9rem;
  width: 1.1rem;
  height: 1.1rem;
  border: 1px solid var(--rule);
  border-radius: 50%;
  background: var(--desk);
  box-shadow: inset 0 2px 3px -1px var(--shade);
}
.card:has(.imprint) { padding-bottom: calc(var(--gap) + 1.6rem); }
.certificate {
  display: grid;
  grid-template-columns: minmax(9rem, 17rem) minmax(0, 1fr);
  gap: var(--gap);
  align-items: center;
}
.art { display: block; width: 100%; height: auto; }
.certificate-text > .label, .card > .label:not(h1) { margin-bottom: 0.6rem; }
.certificate .lede { margin-top: 1.1rem; }
.earner-line { margin: 0.9rem 0 0; }
.awarded-to {
  display: block;
  color: var(--ink-soft);
  font-size: 0.95rem;
}
.earner, .earner-private {
  font-family: var(--serif);
  font-style: italic;
  line-height: 1.25;
}
.earner {
  display: block;
  font-size: clamp(1.4rem, 1.1rem + 1.2vw, 2rem);
  overflow-wrap: anywhere;
}
/* Beside a long text the art stands at its head. */
.certificate:has(.is-long) { align-items: start; }
.earner.is-long { font-size: 1.3rem; }
.title.is-long { font-size: clamp(1.4rem, 1.1rem + 1.4vw, 2rem); }
/* Names in right-to-left scripts stand where the others stand. */
.certificate h1, .earner { text-align: left; }
.earner-private { margin-bottom: 0.3rem; font-size: 1.3rem; }
.imprint {
  display: grid;
  grid-template-columns: minmax(0, 1fr) 15rem;
  gap: var(--gap);
  margin-top: var(--gap);
  padding-top: 1.5rem;
  border-top: 1px solid var(--rule-strong);
}
.facts { margin: 0; }
.card > .facts { margin-top: 2rem; }
.fact {
  display: grid;
  grid-template-columns: 7rem minmax(0, 1fr);
  gap: 0 1rem;
  align-items: baseline;
  padding-block: 0.4rem;
}
.fact + .fact { border-top: 1px solid var(--rule); }
.fact dd { margin: 0; }
.fact dd > .quiet, .fact dd > .identifier, .issuer-name, .claimed-name { display: block; }
.issuer-name, .claimed-name { font-family: var(--serif); font-size: 1.05rem; }
.claimed-picture { display: block; width: 7.5rem; height: 7.5rem; object-fit: contain; margin-block: 0.5rem 1rem; }
.qr { margin: 0; }
.qr img {
  display: block;
  width: 8rem;
  height: 8rem;
  background: #fff;
  outline: 1px solid var(--rule);
}
.qr figcaption { display: grid; gap: 0.2rem; margin-top: 0.7rem; font-size: 0.85rem; }
@media (max-width: 46rem) {
  .certificate { grid-template-columns: minmax(0, 1fr); }
  .certificate .art { width: min(13rem, 70%); margin-inline: auto; }
  .imprint { grid-template-columns: minmax(0, 1fr); }
  .fact { grid-template-columns: minmax(0, 1fr); padding-block: 0.55rem; }
}
`
