/** Colours, faces and measures. Paper and ink, green book cloth, and two inks for the other verdicts. */
export const TOKENS = `
:root {
  color-scheme: light dark;
  --desk: #f2ecdf;
  --paper: #fcf9f2;
  --ink: #231f1a;
  --ink-soft: #5c5347;
  --rule: #d8cdb8;
  --rule-strong: #857963;
  --cloth: #1d4d3d;
  --cloth-ink: #fcf9f2;
  --gilt: #96732c;
  --valid: #1d5a43;
  --invalid: #9a2a1f;
  --unknown: #7a5312;
  --shade: rgb(60 45 20 / 14%);
  --serif: 'Source Serif 4', 'Iowan Old Style', 'Palatino Linotype', Palatino, 'Book Antiqua', Georgia, serif;
  --sans: 'Source Sans 3', 'Gill Sans Nova', Optima, 'Segoe UI', Candara, 'Noto Sans', sans-serif;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Consolas, 'Liberation Mono', monospace;
  --gap: clamp(1.25rem, 0.6rem + 2.8vw, 3rem);
  --measure: 38rem;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --desk: #171410;
    --paper: #211d18;
    --ink: #ece4d6;
    --ink-soft: #b6aa98;
    --rule: #413a30;
    --rule-strong: #8f836f;
    --cloth: #93c9ae;
    --cloth-ink: #16211b;
    --gilt: #c9a65c;
    --valid: #8fd0b1;
    --invalid: #f39c8e;
    --unknown: #e6bd6d;
    --shade: rgb(0 0 0 / 45%);
  }
}
`
