/** Print: a badge becomes a certificate on one page; other pages become black text on white. */
export const PRINT = `
@media print {
  @page { margin: 14mm; }
  :root {
    color-scheme: light;
    --desk: #fff; --paper: #fff; --ink: #000; --ink-soft: #333; --rule: #bbb; --rule-strong: #555;
    --cloth: #000; --valid: #000; --invalid: #000; --unknown: #000; --gilt: #000;
  }
  html { font-size: 10.5pt; }
  body { display: block; min-height: 0; }
  main { margin-bottom: 0; }
  .masthead, main, .colophon { width: 100%; }
  .masthead nav, .skip, .screen-only, form, .button { display: none; }
  a { color: inherit; text-decoration: none; }
  .card, .sheet { box-shadow: none; }
  .check, .entries > li, .rubric { break-inside: avoid; }
  .chapter h2, .chapter h3 { break-after: avoid; }
  .chapter { padding-block: 5mm; }
  .check { padding-block: 1.4mm; line-height: 1.4; }
  .chapters ~ .sheet, .refusal ~ .sheet { display: none; }
  /* A receipt is filed: two sheets at most, whatever was checked. */
  .receipt { padding: 8mm; }
  .receipt .stamp { width: 30mm; height: 30mm; }
  .receipt .verdict { margin-bottom: 4mm; padding-bottom: 4mm; }
  .receipt .verdict-sentence { font-size: 13pt; }
  .receipt ~ .chapters { font-size: 9pt; }
  .receipt ~ .chapters .chapter { padding-block: 3mm; }
  .receipt ~ .chapters .check { padding-block: 0.8mm; line-height: 1.3; }
  .card:has(.imprint) ~ .chapters { display: none; }
  .masthead:has(~ main .imprint) { display: none; }
  .card:has(.imprint) {
    display: flex;
    flex-direction: column;
    height: 232mm;
    padding: 12mm;
    border: 0.8mm solid #000;
    outline: 0.2mm solid #000;
    outline-offset: -2mm;
    text-align: center;
  }
  .card:has(.imprint)::after { display: none; }
  /*
   * Long names and titles take their room from the art, long descriptions and reasons end in dots: whatever is
   * written, the certificate stays one page. The whole text is on the page that the QR code leads to.
   */
  .card:has(.imprint) .certificate {
    order: 1;
    flex: 1 1 0;
    display: flex;
    flex-direction: column;
    justify-content: center;
    gap: 8mm;
    min-height: 0;
  }
  .card:has(.imprint) .certificate-text { flex: none; }
  .card:has(.imprint) .art {
    flex: 0 1 60mm;
    width: auto;
    min-height: 20mm;
    margin: 0 auto;
    object-fit: contain;
  }
  .card:has(.imprint) :is(h1, .earner) { text-align: center; }
  .card:has(.imprint) h1 { font-size: 27pt; }
  .card:has(.imprint) .earner { font-size: 23pt; }
  .card:has(.imprint) .title.is-long { font-size: 17pt; }
  .card:has(.imprint) .earner.is-long { font-size: 15pt; }
  .card:has(.imprint) .lede {
    display: -webkit-box;
    max-width: 130mm;
    margin-inline: auto;
    overflow: hidden;
    font-size: 11pt;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 4;
  }
  .card:has(.imprint) .quiet { max-width: 110mm; margin-inline: auto; text-wrap: balance; }
  .card:has(.imprint) .verdict {
    order: 2;
    grid-template-columns: 30mm minmax(0, 1fr);
    gap: 7mm;
    width: 100%;
    max-width: 150mm;
    margin: 8mm auto 7mm;
    padding: 0;
    border: 0;
    text-align: start;
  }
  .card:has(.imprint) .stamp { width: 30mm; height: 30mm; }
  .card:has(.imprint) .verdict-sentence { font-size: 11.5pt; }
  .card:has(.imprint) .verdict-sentence.is-long {
    display: -webkit-box;
    overflow: hidden;
    font-size: 10pt;
    line-height: 1.35;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 4;
  }
  .card:has(.imprint) .imprint {
    order: 3;
    grid-template-columns: minmax(0, 1fr) 52mm;
    gap: 8mm;
    margin: 0;
    padding-top: 6mm;
    text-align: start;
    font-size: 9.5pt;
  }
  .fact { grid-template-columns: 24mm minmax(0, 1fr); padding-block: 0.8mm; }
  .host, .identifier, .url { font-size: 7.5pt; }
  .label, dt { font-size: 7.5pt; }
  .qr img { width: 25mm; height: 25mm; outline: 0; }
  .colophon { margin-top: 4mm; padding: 2mm 0 0; border: 0; font-size: 8.5pt; }
  .chapter a[href^='https']::after { content: ' (' attr(href) ')'; font-size: 8pt; overflow-wrap: anywhere; }
  .chapter .host { display: none; }
}
@media print and (min-height: 290mm) {
  .card:has(.imprint) { height: 250mm; }
}
`
