/** QR codes (ISO/IEC 18004) for badge pages: as SVG for the web and print, as PNG for documents. */
import QRCode from 'qrcode'
import { encodeBilevelPng } from './bilevel-png.js'
import { escapeXml } from './escape-xml.js'

/** A quarter of the modules may be damaged or covered and the code still reads. */
const ERROR_CORRECTION = 'Q'
/** Modules of white around the code; the standard asks for four. */
const QUIET_ZONE = 4
const WIDTH_MM = 25
/** 25 mm at 600 dpi. */
const PNG_WIDTH_MIN_PX = 590

/**
 * `text` as an SVG 1.1 document, 25 mm wide, black on white with its quiet zone; one unit of the
 * view box is one module. Throws when the text is too long for a QR code (about 1,660 bytes).
 */
export function qrSvg(text: string): string {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: ERROR_CORRECTION })
  const width = modules.size + 2 * QUIET_ZONE
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="${WIDTH_MM}mm" height="${WIDTH_MM}mm"`,
    ` viewBox="0 0 ${width} ${width}" shape-rendering="crispEdges" role="img">`,
    `<title>QR code: ${escapeXml(withoutForbidden(text))}</title>`,
    `<path fill="#fff" d="M0 0h${width}v${width}H0z"/>`,
    `<path fill="#000" d="${outline(modules)}"/>`,
    '</svg>',
  ].join('')
}

/**
 * `text` as a PNG, black on white with its quiet zone, at least 590 pixels wide (25 mm at 600 dpi)
 * with whole pixels per module, and 25 mm wide where software honours the size. Throws when the text
 * is too long for a QR code.
 */
export function qrPng(text: string): Uint8Array {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: ERROR_CORRECTION })
  const side = modules.size + 2 * QUIET_ZONE
  const scale = Math.ceil(PNG_WIDTH_MIN_PX / side)
  const pixelsPerMetre = Math.round((side * scale * 1000) / WIDTH_MM)
  return encodeBilevelPng(side * scale, pixelsPerMetre, (column, row) => {
    const [x, y] = [Math.floor(column / scale) - QUIET_ZONE, Math.floor(row / scale) - QUIET_ZONE]
    const isInside = x >= 0 && y >= 0 && x < modules.size && y < modules.size
    return isInside && modules.get(y, x) !== 0
  })
}

type Modules = ReturnType<typeof QRCode.create>['modules']

/** One rectangle for each run of dark modules in a row. */
function outline(modules: Modules): string {
  const runs: string[] = []
  for (let row = 0; row < modules.size; row += 1) {
    let column = 0
    while (column < modules.size) {
      const start = column
      while (column < modules.size && modules.get(row, column) !== 0) column += 1
      const length = column - start
      if (length > 0)
        runs.push(`M${start + QUIET_ZONE} ${row + QUIET_ZONE}h${length}v1h-${length}z`)
      column += 1
    }
  }
  return runs.join('')
}

/** What XML cannot hold, however it is escaped. */
function withoutForbidden(text: string): string {
  return text.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
}
