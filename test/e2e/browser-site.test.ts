/** The whole site in a real browser: one server process, one Chromium, one suite for each concern. */
import { describe } from 'vitest'
import { describeInBrowser } from '../support/browser.js'
import { describeArt } from './browser-art.suite.js'
import { describeBadge } from './browser-badge.suite.js'
import { CONTENTS } from './browser-contents.js'
import { describeDisplayer } from './browser-displayer.suite.js'
import { describeHostile } from './browser-hostile.suite.js'
import { describeKeyboard } from './browser-keyboard.suite.js'
import { describePages } from './browser-pages.suite.js'
import { describeVerify } from './browser-verify.suite.js'

describeInBrowser('the site in Chromium', CONTENTS, (site) => {
  describe('pages', () => describePages(site))
  describe('badge page', () => describeBadge(site))
  describe('keyboard', () => describeKeyboard(site))
  describe('checking without script', () => describeVerify(site))
  describe('result of a picture', () => describeDisplayer(site))
  describe('hostile texts', () => describeHostile(site))
  describe('a hostile drawing', () => describeArt(site))
})
