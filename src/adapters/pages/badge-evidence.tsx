/** The evidence behind a badge: what is public in full, what is not by its fingerprint. */
import type { JSX } from 'preact'
import type { ShownEvidence } from '../../application/badge-view.js'
import { ForeignLink } from './links.js'
import { Markdown } from './markdown.js'
import { Identifier } from './parts.js'
import { plainText } from './plain-text.js'

/** Markdown is read up to this many characters of evidence; what follows is shown as typed. */
const MARKDOWN_MAX = 40_000

/** The items that the earner shows; without consent, one sentence that says so. */
export function EvidenceList(props: {
  readonly evidence: readonly ShownEvidence[] | undefined
}): JSX.Element {
  if (props.evidence === undefined) {
    return (
      <p>
        The reviewers saw evidence of this work. The earner has not made it public, so it is not
        shown here.
      </p>
    )
  }
  if (props.evidence.length === 0) return <p>No evidence is recorded with this badge.</p>
  let read = 0
  return (
    <ul class="entries">
      {props.evidence.map((item) => {
        read += item.narrative?.length ?? 0
        return <EvidenceItem item={item} asTyped={read > MARKDOWN_MAX} />
      })}
    </ul>
  )
}

function EvidenceItem(props: {
  readonly item: ShownEvidence
  readonly asTyped: boolean
}): JSX.Element {
  const { item, asTyped } = props
  const name = plainText(item.name)
  return (
    <li>
      <h3 dir="auto">
        {item.url === undefined ? name : <ForeignLink href={item.url}>{name}</ForeignLink>}
      </h3>
      {item.genre === undefined ? null : (
        <p class="quiet" dir="auto">
          {plainText(item.genre)}
        </p>
      )}
      {item.narrative === undefined ? null : <Markdown text={item.narrative} asTyped={asTyped} />}
      <Seal item={item} />
    </li>
  )
}

/** Of an item that the signed badge holds only by its fingerprint. */
function Seal({
  item: { sealed, sealText },
}: {
  readonly item: ShownEvidence
}): JSX.Element | null {
  if (sealed === undefined) return null
  if (sealText === undefined)
    return (
      <p class="sealed">
        Reviewed, not published; its fingerprint is <Identifier>{sealed}</Identifier>
      </p>
    )
  return (
    <details class="sealed">
      <summary>Shown by the earner; its fingerprint stands in the signed badge</summary>
      <p>
        The fingerprint, a SHA-256 in base64url: <Identifier>{sealed}</Identifier>
      </p>
      <p>
        What it is the fingerprint of: <Identifier>{sealText}</Identifier>
      </p>
    </details>
  )
}
