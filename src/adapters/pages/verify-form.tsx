/** The form that takes a badge to be checked: by address, as a file, or pasted. Works without script. */
import type { JSX } from 'preact'

/** What the form takes as a file; a hint for the browser's file dialogue only. */
const ACCEPTED = '.json,.jsonld,application/json,application/ld+json'

/**
 * Posts `multipart/form-data` to `/verify` with the fields `url`, `file` and `credential`. `compact`
 * folds the text field away. `pasted` and `url` fill in what was sent before; whom the
 * badge should belong to is asked for in the long form, and never filled in again.
 */
export function VerifyForm(props: {
  readonly compact?: boolean
  readonly pasted?: string
  readonly url?: string
}): JSX.Element {
  return (
    <form
      class={props.compact === true ? 'verify-form' : 'verify-form is-full'}
      method="post"
      action="/verify"
      enctype="multipart/form-data"
    >
      <p class="field">
        <label for="verify-url">The web address or number of one of our badges</label>
        <input
          id="verify-url"
          name="url"
          type="text"
          inputMode="url"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          value={props.url ?? ''}
        />
      </p>
      <p class="field">
        <label for="verify-file">or any badge as a JSON file</label>
        <input id="verify-file" name="file" type="file" accept={ACCEPTED} />
      </p>
      {props.compact === true ? (
        <details>
          <summary>or paste its JSON</summary>
          <PasteField label="The JSON of the badge" rows={6} />
        </details>
      ) : (
        <PasteField
          label="or any badge’s JSON, pasted here"
          rows={10}
          {...(props.pasted === undefined ? {} : { pasted: props.pasted })}
        />
      )}
      {props.compact === true ? null : <RecipientField />}
      <p>
        <button class="button" type="submit">
          Check the badge
        </button>
      </p>
    </form>
  )
}

function RecipientField(): JSX.Element {
  return (
    <p class="field">
      <label for="verify-recipient">
        Whose should it be? Their e-mail address, if you want that compared
      </label>
      <input
        id="verify-recipient"
        name="recipient"
        type="text"
        inputMode="email"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
      />
    </p>
  )
}

function PasteField(props: {
  readonly label: string
  readonly rows: number
  readonly pasted?: string
}): JSX.Element {
  return (
    <p class="field paste">
      <label for="verify-credential">{props.label}</label>
      <textarea
        id="verify-credential"
        name="credential"
        rows={props.rows}
        spellcheck={false}
        autocomplete="off"
      >
        {props.pasted ?? ''}
      </textarea>
    </p>
  )
}
