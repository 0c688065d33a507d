/** Examples in standing pages are written for https://example.org; whoever copies one from this site is given this site's address. */

const WRITTEN = 'https://example.org'

/** The page with our address in every text and link. `siteUrl` has no slash at its end. */
export const withOwnAddress = <Page>(page: Page, siteUrl: string): Page =>
  JSON.parse(JSON.stringify(page).replaceAll(WRITTEN, () => siteUrl)) as Page
