/** The button that turns a result into its receipt; the receipt itself travels in the form, so nothing is kept. */
import type { JSX } from 'preact'

/** @param token the signed receipt, as it is posted to `/verify/receipt`; `asFile` asks for it as a download */
export function ReceiptForm(props: {
  readonly token: string
  readonly label: string
  readonly asFile?: boolean
}): JSX.Element {
  return (
    <form class="receipt-form" method="post" action="/verify/receipt">
      <input type="hidden" name="receipt" value={props.token} />
      {props.asFile === true ? <input type="hidden" name="as" value="file" /> : null}
      <button class="button" type="submit">
        {props.label}
      </button>
    </form>
  )
}
