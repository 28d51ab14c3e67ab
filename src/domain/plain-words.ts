/** Which texts of people are plain enough to be signed, kept and shown as they are. */

/** What breaks the line, turns the writing direction unseen, or is no character. */
const UNFIT =
  /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffd]|\p{Noncharacter_Code_Point}/u

/** Whether a text is one line, without control characters and marks that turn the writing direction. */
export function isPlainLine(text: string): boolean {
  return !UNFIT.test(text)
}

/** The same for several lines, parted by a line feed. */
export function arePlainLines(text: string): boolean {
  return text.split('\n').every(isPlainLine)
}
