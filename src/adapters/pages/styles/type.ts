/** Typography: a text serif for headings and names, a humanist sans for reading, small-caps labels. */
export const TYPE = `
html {
  font-size: 106.25%;
  -webkit-text-size-adjust: 100%;
  text-size-adjust: 100%;
}
body {
  margin: 0;
  background: var(--desk);
  color: var(--ink);
  font: 400 1rem/1.6 var(--sans);
  font-feature-settings: 'kern', 'liga';
  text-rendering: optimizeLegibility;
}
h1, h2, h3, h4 {
  margin: 0 0 0.5em;
  font-family: var(--serif);
  font-weight: 600;
  line-height: 1.2;
  text-wrap: balance;
  overflow-wrap: anywhere;
}
h1 {
  font-size: clamp(1.75rem, 1.2rem + 2.5vw, 2.9rem);
  font-weight: 400;
  line-height: 1.1;
  letter-spacing: -0.012em;
}
h2 { font-size: 1.3rem; font-weight: 400; }
h3 { font-size: 1.1rem; }
h4 { font-size: 1rem; }
p, ul, ol, dl, blockquote, pre, figure { margin: 0 0 0.8em; }
p, li, dd { overflow-wrap: anywhere; text-wrap: pretty; }
:is(p, ul, ol, dl, blockquote, pre, div, details):last-child { margin-bottom: 0; }
strong { font-weight: 600; }
a {
  color: var(--cloth);
  text-decoration-thickness: 0.06em;
  text-underline-offset: 0.18em;
}
a:hover { text-decoration-thickness: 0.12em; }
:focus-visible {
  outline: 3px solid var(--cloth);
  outline-offset: 3px;
  border-radius: 2px;
}
.label, .card-heading, dt {
  margin: 0;
  color: var(--ink-soft);
  font: 600 0.75rem/1.5 var(--sans);
  letter-spacing: 0.09em;
  text-transform: uppercase;
}
.lede {
  max-width: var(--measure);
  font-size: 1.1rem;
  line-height: 1.55;
}
.quiet { color: var(--ink-soft); font-size: 0.9rem; }
.host, .identifier, .url {
  color: var(--ink-soft);
  font-family: var(--mono);
  font-size: 0.78rem;
  font-weight: 400;
  line-height: 1.5;
  overflow-wrap: anywhere;
}
.url { color: var(--cloth); }
.prose { max-width: var(--measure); }
.prose blockquote {
  padding-inline-start: 1.1rem;
  border-inline-start: 2px solid var(--gilt);
  font-family: var(--serif);
  font-style: italic;
}
.prose :is(ul, ol) { padding-inline-start: 1.4rem; }
.prose li::marker { color: var(--ink-soft); }
.prose hr { width: 4rem; margin: 1.5em 0; border: 0; border-top: 1px solid var(--rule-strong); }
code { font-family: var(--mono); font-size: 0.85em; }
pre { padding: 0.8rem 1rem; border: 1px solid var(--rule); white-space: pre-wrap; overflow-wrap: anywhere; }
.as-typed { white-space: pre-wrap; }
`
