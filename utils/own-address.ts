/** Static pages write their examples for https://example.org; the site shows its own address instead, so that they can be copied. */

const WRITTEN = 'https://example.org'

/** Replaces the address in every text and link of a page. `siteUrl` has no trailing slash. */
export const withOwnAddress = <Page>(page: Page, siteUrl: string): Page =>
  JSON.parse(JSON.stringify(page).replaceAll(WRITTEN, () => siteUrl)) as Page
