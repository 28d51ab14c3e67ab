/** The one style sheet of all pages, put together in the order in which its parts build on each other. */
import { CARD } from './styles/card.js'
import { COMPONENTS } from './styles/components.js'
import { DESK } from './styles/desk.js'
import { FACE_RULES } from './styles/faces.js'
import { FORMS } from './styles/forms.js'
import { LAYOUT } from './styles/layout.js'
import { PRINT } from './styles/print.js'
import { TOKENS } from './styles/tokens.js'
import { TYPE } from './styles/type.js'
import { VERDICT } from './styles/verdict.js'

/** CSS for light, dark, print and forced colours; fonts are fetched from `/assets/fonts/{file}`. */
export const STYLESHEET: string = [
  FACE_RULES,
  TOKENS,
  TYPE,
  LAYOUT,
  CARD,
  VERDICT,
  COMPONENTS,
  FORMS,
  DESK,
  PRINT,
].join('\n')
