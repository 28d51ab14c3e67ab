/** Drawings that try to do something: run a script, ask for something, or lead away. */

const SVG = 'xmlns="http://www.w3.org/2000/svg"'
const XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
const HTML = 'http://www.w3.org/1999/xhtml'
const PLACE = '<rect width="2000" height="2000" fill="#fff"/>'

const drawing = (inside: string, attributes = '') =>
  `<svg ${SVG} ${XLINK} width="400" height="400" ${attributes}>${inside}</svg>`
const foreign = (inside: string) =>
  drawing(
    `<foreignObject width="400" height="400"><div xmlns="${HTML}">${inside}</div></foreignObject>`,
  )
const base64 = (text: string) => Buffer.from(text).toString('base64')

/**
 * Every drawing by what it tries.
 * @param out an address at which somebody listens, e.g. `http://127.0.0.1:4711`
 */
export function hostileArt(out: string): Readonly<Record<string, string>> {
  return {
    ...scripts(),
    ...animations(),
    ...links(),
    ...requests(out),
    ...html(out),
    ...files(out),
  }
}

function scripts(): Readonly<Record<string, string>> {
  const alert = 'alert(1)'
  return {
    'a script': drawing(`<script>${alert}</script>`),
    'a script with a type': drawing(`<script type="text/ecmascript">${alert}</script>`),
    'a script as a module': drawing(`<script type="module">${alert}</script>`),
    'a script in CDATA': drawing(`<script><![CDATA[${alert}]]></script>`),
    'a script with a prefix': `<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script>${alert}</s:script></s:svg>`,
    'a script of HTML': drawing(`<h:script xmlns:h="${HTML}">${alert}</h:script>`),
    'a script at a data address': drawing(
      `<script href="data:text/javascript,${encodeURIComponent(alert)}"/>`,
    ),
    'a script at a data address, by xlink': drawing(
      `<script xlink:href="data:text/javascript;base64,${base64(alert)}"/>`,
    ),
    'a script in definitions': drawing(`<defs><script>${alert}</script></defs>`),
    'a script in a pattern': drawing(`<pattern><script>${alert}</script></pattern>`),
    'a script in metadata': drawing(`<metadata><script>${alert}</script></metadata>`),
    'a script in a title': drawing(`<title><script>${alert}</script></title>`),
    'a script in letters by number': drawing('<script>&#97;&#108;ert(1)</script>'),
    'a script from an entity': `<!DOCTYPE svg [<!ENTITY a "${alert}">]>${drawing('<script>&a;</script>')}`,
    'a handler when loaded': drawing(PLACE, `onload="${alert}"`),
    'a handler of a part when loaded': drawing(`<g onload="${alert}">${PLACE}</g>`),
    'a handler in another case': drawing(PLACE, `onLoad="${alert}" OnLoad="${alert}"`),
    'a handler of clicks': drawing(`<g onclick="${alert}">${PLACE}</g>`),
    'a handler of pressing': drawing(`<g onmousedown="${alert}">${PLACE}</g>`),
    'a handler of pointing': drawing(`<g onmousemove="${alert}">${PLACE}</g>`),
    'a handler of focus': drawing(`<g tabindex="0" autofocus="" onfocus="${alert}">${PLACE}</g>`),
    'a handler of a failing picture': drawing(
      `<image href="data:image/png,x" width="9" height="9" onerror="${alert}"/>`,
    ),
    'a handler from an entity': `<!DOCTYPE svg [<!ATTLIST svg onload CDATA "${alert}">]>${drawing(PLACE)}`,
    'a handler declared for a part': `<!DOCTYPE svg [<!ATTLIST g onload CDATA #FIXED "${alert}">]>${drawing(`<g>${PLACE}</g>`)}`,
  }
}

function animations(): Readonly<Record<string, string>> {
  const target = `<a id="t">${PLACE}</a>`
  return {
    'an animation that begins a script': drawing(
      '<animate attributeName="x" dur="1s" onbegin="alert(1)"/>',
    ),
    'a setting that begins a script': drawing('<set attributeName="x" onbegin="alert(1)"/>'),
    'an animation that ends a script': drawing(
      '<animate attributeName="x" dur="0.001s" onend="alert(1)"/>',
    ),
    'a repeated animation': drawing(
      '<animateTransform attributeName="transform" dur="0.001s" repeatCount="3" onrepeat="alert(1)"/>',
    ),
    'a motion that begins a script': drawing(
      '<animateMotion dur="1s" path="M0 0h9" onbegin="alert(1)"/>',
    ),
    'a link set later': drawing(
      `${target}<set href="#t" attributeName="href" to="javascript:alert(1)"/>`,
    ),
    'a link animated': drawing(
      `${target}<animate href="#t" attributeName="href" values="javascript:alert(1)"/>`,
    ),
    'a link animated by xlink': drawing(
      `${target}<animate xlink:href="#t" attributeName="xlink:href" from="javascript:alert(1)" to="#"/>`,
    ),
    'a handler set later': drawing(
      `<g id="t">${PLACE}</g><set href="#t" attributeName="onclick" to="alert(1)"/>`,
    ),
  }
}

function links(): Readonly<Record<string, string>> {
  const to = (href: string) => drawing(`<a href="${href}">${PLACE}</a>`)
  return {
    'a link that is a script': to('javascript:alert(1)'),
    'a link with a tab in it': to('java&#9;script:alert(1)'),
    'a link behind a space': to('&#32;&#1;javascript:alert(1)'.replace('&#1;', '')),
    'a link in other letters': to('JaVaScRiPt:alert(1)'),
    'a link by xlink': drawing(`<a xlink:href="javascript:alert(1)">${PLACE}</a>`),
    'a link by another prefix': drawing(
      `<a xmlns:l="http://www.w3.org/1999/xlink" l:href="javascript:alert(1)">${PLACE}</a>`,
    ),
    'a use that is a script': drawing('<use href="javascript:alert(1)"/>'),
    'a use of a drawing in a data address': drawing(
      `<use href="data:image/svg+xml;base64,${base64(drawing('<g id="x"/>', 'onload="alert(1)"'))}#x"/>`,
    ),
    'a picture that is a drawing': drawing(
      `<image href="data:image/svg+xml;base64,${base64(drawing('', 'onload="alert(1)"'))}" width="9" height="9"/>`,
    ),
  }
}

function requests(out: string): Readonly<Record<string, string>> {
  const filled = (value: string) => drawing(`<rect width="99" height="99" ${value}/>`)
  return {
    'a script from elsewhere': drawing(`<script href="${out}/a.js"/>`),
    'a script from elsewhere, by xlink': drawing(`<script xlink:href="${out}/b.js"/>`),
    'a picture from elsewhere': drawing(`<image href="${out}/c.png" width="9" height="9"/>`),
    'a picture from elsewhere, by xlink': drawing(
      `<image xlink:href="${out}/d.png" width="9" height="9"/>`,
    ),
    'a part of a drawing elsewhere': drawing(`<use href="${out}/e.svg#x"/>`),
    'an import of styles': drawing(`<style>@import "${out}/f.css";</style>${PLACE}`),
    'a font from elsewhere': drawing(
      `<style>@font-face{font-family:x;src:url(${out}/g.woff)}text{font-family:x}</style><text y="20">x</text>`,
    ),
    'a background in a style': drawing(`<style>svg{background:url(${out}/h.png)}</style>${PLACE}`),
    'a background in an attribute': drawing(PLACE, `style="background:url(${out}/i.png)"`),
    'a background in CSS escapes': drawing(PLACE, `style="background:\\75rl(${out}/j.png)"`),
    'a background of a set of pictures': drawing(
      PLACE,
      `style="background:image-set('${out}/k.png' 1x)"`,
    ),
    'a fill from elsewhere': filled(`fill="url(${out}/l.svg#p)"`),
    'a filter from elsewhere': filled(`filter="url(${out}/m.svg#f)"`),
    'a mask from elsewhere': filled(`mask="url(${out}/n.svg#m)"`),
    'a clip from elsewhere': filled(`clip-path="url(${out}/o.svg#c)"`),
    'a pointer from elsewhere': filled(`cursor="url(${out}/p.png), auto"`),
    'a marker from elsewhere': drawing(
      `<path d="M0 0h9v9" stroke="red" marker-end="url(${out}/q.svg#m)"/>`,
    ),
    'a filter that loads a picture': drawing(
      `<filter id="f"><feImage href="${out}/r.png"/></filter><rect width="99" height="99" filter="url(#f)"/>`,
    ),
    'a gradient of another document': drawing(
      `<linearGradient id="g" href="${out}/s.svg#g"/><rect width="99" height="99" fill="url(#g)"/>`,
    ),
    'a text along a path elsewhere': drawing(
      `<text><textPath href="${out}/t.svg#p">words</textPath></text>`,
    ),
  }
}

function html(out: string): Readonly<Record<string, string>> {
  return {
    'HTML with a script': foreign('<script>alert(1)</script>'),
    'HTML with a failing picture': foreign('<img src="data:," onerror="alert(1)"/>'),
    'HTML with a frame': foreign(`<iframe src="${out}/frame"></iframe>`),
    'HTML with a frame that is a script': foreign('<iframe src="javascript:parent.alert(1)"/>'),
    'HTML with a frame of its own': foreign('<iframe srcdoc="&lt;script>alert(1)&lt;/script>"/>'),
    'HTML with an object': foreign(`<object data="${out}/object"></object>`),
    'HTML with an embedded file': foreign(`<embed src="${out}/embed"/>`),
    'HTML that leads away': foreign(`<meta http-equiv="refresh" content="0;url=${out}/away"/>`),
    'HTML with a style sheet': foreign(`<link rel="stylesheet" href="${out}/link.css"/>`),
    'HTML with a film': foreign(`<video src="${out}/film" poster="${out}/poster"></video>`),
    'HTML with a form': foreign(
      `<form action="${out}/form"><button autofocus="" onfocus="alert(1)">x</button></form>`,
    ),
    'HTML beside the drawing': drawing(`<body xmlns="${HTML}" onload="alert(1)"/>`),
  }
}

function files(out: string): Readonly<Record<string, string>> {
  return {
    'a style sheet before it': `<?xml-stylesheet href="${out}/v.css"?>${drawing(PLACE)}`,
    'a transformation before it': `<?xml-stylesheet type="text/xsl" href="${out}/w.xsl"?>${drawing(PLACE)}`,
    'an entity from elsewhere': `<!DOCTYPE svg [<!ENTITY x SYSTEM "${out}/x.txt">]>${drawing('<text>&x;</text>')}`,
    'a definition elsewhere': `<!DOCTYPE svg SYSTEM "${out}/y.dtd">${drawing(PLACE)}`,
    'a base address': drawing(`<image href="z.png" width="9" height="9"/>`, `xml:base="${out}/"`),
  }
}
