/** The form that takes a badge to be checked, in any form it has. Works without script. */
import type { JSX } from 'preact'

/** What the form takes as a file; a hint for the browser's file dialogue only. */
const ACCEPTED = [
  '.json,.jsonld,.jwt,.txt,.png,.svg,.jpg,.jpeg,.html',
  'application/json,application/ld+json,application/vc,application/jwt,application/vc+jwt',
  'text/plain,text/html,image/png,image/svg+xml,image/jpeg',
].join(',')

/**
 * Posts `multipart/form-data` to `/verify` with the fields `file` and `credential`. `compact` asks for
 * one line in `url` and folds the long field away. `pasted` fills in what was sent before; whom the
 * badge should belong to is asked for in the long form, and never filled in again.
 */
export function VerifyForm(props: {
  readonly compact?: boolean
  readonly pasted?: string
}): JSX.Element {
  return (
    <form
      class={props.compact === true ? 'verify-form' : 'verify-form is-full'}
      method="post"
      action="/verify"
      enctype="multipart/form-data"
    >
      {props.compact === true ? (
        <CompactFields />
      ) : (
        <FullFields {...(props.pasted === undefined ? {} : { pasted: props.pasted })} />
      )}
      <p>
        <button class="button" type="submit">
          Check the badge
        </button>
      </p>
    </form>
  )
}

/** For the front page: a link or a number comes first, as it stands on a print. */
function CompactFields(): JSX.Element {
  return (
    <>
      <p class="field">
        <label for="verify-url">Its web address, or the number on a print of ours</label>
        <input
          id="verify-url"
          name="url"
          type="text"
          inputMode="url"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
        />
      </p>
      <FileField label="or the badge as a file or picture" />
      <details>
        <summary>or paste its text</summary>
        <PasteField label="The token or the JSON of the badge" rows={6} />
      </details>
    </>
  )
}

function FullFields(props: { readonly pasted?: string }): JSX.Element {
  return (
    <>
      <FileField
        label="The badge as a file"
        hint="The picture, the JSON or the token that its issuer gave, a saved web page, or a photo of its QR code."
      />
      <PasteField
        label="or its link, its text or its number, pasted here"
        hint="A web address, a token, JSON, or the number on a print of ours."
        rows={9}
        {...(props.pasted === undefined ? {} : { pasted: props.pasted })}
      />
      <RecipientField />
    </>
  )
}

function FileField(props: { readonly label: string; readonly hint?: string }): JSX.Element {
  return (
    <p class="field">
      <label for="verify-file">{props.label}</label>
      <Hint for="verify-file" hint={props.hint} />
      <input
        id="verify-file"
        name="file"
        type="file"
        accept={ACCEPTED}
        {...described('verify-file', props.hint)}
      />
    </p>
  )
}

function Hint(props: {
  readonly for: string
  readonly hint: string | undefined
}): JSX.Element | null {
  return props.hint === undefined ? null : (
    <span id={`${props.for}-hint`} class="hint quiet">
      {props.hint}
    </span>
  )
}

function described(id: string, hint: string | undefined): { 'aria-describedby'?: string } {
  return hint === undefined ? {} : { 'aria-describedby': `${id}-hint` }
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
  readonly hint?: string
  readonly rows: number
  readonly pasted?: string
}): JSX.Element {
  return (
    <p class="field paste">
      <label for="verify-credential">{props.label}</label>
      <Hint for="verify-credential" hint={props.hint} />
      <textarea
        id="verify-credential"
        name="credential"
        rows={props.rows}
        spellcheck={false}
        autocomplete="off"
        {...described('verify-credential', props.hint)}
      >
        {props.pasted ?? ''}
      </textarea>
    </p>
  )
}
