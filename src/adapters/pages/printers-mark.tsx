/** The house's device: an open book in a ring. */
import type { JSX } from 'preact'

/** The two leaves of the book, drawn in a field of 40 by 40. */
const LEAVES =
  'M20 15.6c-2.2-1.9-5.3-2.5-9.2-2v12.200c3.9-.5 7 .1 9.2 2 2.2-1.9 5.3-2.5 9.2-2v-12.200c-3.9-.5-7 .1-9.2 2z'

/** The mark on paper as a data URI, for the tab of the browser; it needs no request. */
export const ICON_HREF: string = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="5 5 30 30"><circle cx="20" cy="20" r="15" fill="#1d4d3d"/><path d="${LEAVES}" fill="#fcf9f2"/><path d="M20 15.6v12.200" stroke="#1d4d3d"/></svg>`,
)}`

/** The small mark beside the name in the header; decoration, hidden from assistive technology. */
export function PrintersMark(): JSX.Element {
  return (
    <svg class="mark" viewBox="0 0 40 40" aria-hidden="true" focusable="false">
      <circle cx="20" cy="20" r="18.5" fill="none" stroke="currentColor" stroke-width="1.5" />
      <circle cx="20" cy="20" r="15.5" fill="none" stroke="currentColor" stroke-width="0.6" />
      <path
        d={LEAVES}
        fill="none"
        stroke="currentColor"
        stroke-width="1.5"
        stroke-linejoin="round"
      />
      <path d="M20 15.600v12.2" stroke="currentColor" stroke-width="1.2" />
    </svg>
  )
}
